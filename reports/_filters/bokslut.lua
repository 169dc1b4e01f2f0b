-- What every format of the documents needs, in Quarto and in the embedded renderer alike: whose
-- report it is, charts that Word can show, colours and links on paper. What the files themselves
-- need (headers of rows, names, titles) is put right afterwards, by `bokslut.render.finish`.

local stringify = pandoc.utils.stringify

-- A text inside Typst's quotes.
local function quoted(text)
  return pandoc.RawInline("typst", (text:gsub("\\", "\\\\"):gsub('"', '\\"')))
end

-- The first line of a page ({.lead}) knows whose report it is: the cover and the head show it, and
-- so do the title of a page and the properties of a file.
local function about(doc)
  local found
  doc:walk({ Div = function(div)
    if div.classes:includes("lead") and div.attributes.organisation then found = found or div end
  end })
  if not found then return doc end
  local title = doc.meta.title and stringify(doc.meta.title) or ""
  local given = found.attributes
  local author = given.organisation .. ", " .. given.municipality
  for _, name in ipairs({ "organisation", "municipality", "year", "edition" }) do
    doc.meta[name] = given[name]
  end
  if not FORMAT:match("html") then
    doc.meta.author = author
    doc.meta.subtitle, doc.meta.subject = given.year, given.year
    doc.meta.date, doc.meta.description = given.edition, given.edition
    doc.meta["title-plain"] = pandoc.Inlines({ quoted(title .. " " .. given.year) })
    doc.meta["author-plain"] = pandoc.Inlines({ quoted(author) })
  end
  return doc:walk({ Div = function(div)
    if not div.classes:includes("lead") then return nil end
    if not FORMAT:match("html") then return {} end
  end })
end

-- A status has its colour on paper too.
local STATUS = { met = "Status Met", partly = "Status Partly", missed = "Status Missed",
                 unknown = "Status Unknown" }
local function status(span)
  if not span.classes:includes("status") then return nil end
  local code = span.classes[2]
  if not STATUS[code] then return nil end
  if FORMAT == "docx" then
    span.attributes["custom-style"] = STATUS[code]
    return span
  end
  if FORMAT == "typst" then
    local inlines = pandoc.Inlines({ pandoc.RawInline("typst", "#status(\"" .. code .. "\")[") })
    inlines:extend(span.content)
    inlines:insert(pandoc.RawInline("typst", "]"))
    return inlines
  end
end

-- A range (`580–583`) is read as one, so it holds together: a line may otherwise end at its dash.
local function range(str)
  if not str.text:match("%d–%d") then return nil end
  if FORMAT:match("html") then return pandoc.Span(str, { class = "range" }) end
  if FORMAT == "typst" then
    return { pandoc.RawInline("typst", "#box["), str, pandoc.RawInline("typst", "]") }
  end
  -- Word has no such word or span, but a joiner.
  if FORMAT == "docx" then return pandoc.Str((str.text:gsub("(%d–)(%d)", "%1\u{2060}%2"))) end
end

-- Word shows no SVG, and takes an image's caption for its alternative text.
local function image(element)
  if FORMAT ~= "docx" then return nil end
  element.src = element.src:gsub("%.svg$", ".png")
  local alt = element.attributes["fig-alt"]
  if alt then element.caption = pandoc.Inlines(alt) end
  return element
end

-- On paper a link to another page becomes a link inside the document, where its target is there.
local function links(doc)
  local ids = {}
  local function add(element) if element.identifier ~= "" then ids[element.identifier] = true end end
  doc:walk({ Header = add, Div = add, Span = add, Table = add, Figure = add, Image = add })
  return doc:walk({ Link = function(link)
    local page, id = link.target:match("^([%w_-]+%.qmd)#?(.*)$")
    if not page then return nil end
    if not ids[id] then return link.content end
    link.target = "#" .. id
    return link
  end })
end

-- What a report does not print ({.nothing}) takes with it what it stands in: the table or figure and
-- its caption, the part to open, and a heading with nothing else below it.
local function is_void(block)
  if block.t == "Para" or block.t == "Plain" then return #block.content == 0 end
  if block.t ~= "Div" or block.classes:includes("lead") then return false end
  -- Quarto keeps words of its own at the end of a page, hidden.
  return block.classes:includes("hidden") or block.content:find_if(
    function(inner) return not is_void(inner) end) == nil
end

local function says_nothing(blocks)
  local is_nothing = false
  pandoc.Div(blocks):walk({ Div = function(div)
    is_nothing = is_nothing or div.classes:includes("nothing")
  end })
  return is_nothing
end

local function unprinted(div)
  local is_part = div.identifier:match("^tbl%-") or div.classes:includes("folded")
  if is_part and says_nothing(div.content) then return {} end
end

-- Quarto has made a node of its own of a labelled cell.
local function unprinted_float(float)
  if says_nothing(float.content) then return {} end
end

-- From the end: a heading stays where text follows, or a heading below it.
local function headed(blocks)
  local kept, follows = pandoc.Blocks({}), 0
  for i = #blocks, 1, -1 do
    local block = blocks[i]
    if block.t ~= "Header" then
      if not is_void(block) then follows = math.huge end
      kept:insert(1, block)
    elseif follows > block.level then
      follows = block.level
      kept:insert(1, block)
    end
  end
  return kept
end

local function sections(doc)
  doc.blocks = headed(doc.blocks)
  return doc:walk({ Div = function(div) div.content = headed(div.content) return div end })
end

-- A part that a reader opens ({.folded}), with the line that opens it; a link into it opens it.
local function folded(div)
  if not div.classes:includes("folded") or not FORMAT:match("html") then return nil end
  local function escaped(value)
    return (value:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;"))
  end
  local id = div.identifier ~= "" and (' id="' .. div.identifier .. '"') or ""
  local summary = div.attributes.summary
  local blocks = pandoc.Blocks({ pandoc.RawBlock("html",
    "<details><summary" .. id .. ">" .. escaped(summary) .. "</summary>") })
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock("html", "</details>"))
  return blocks
end

-- A part in small print ({.small-print}), in two columns in the PDF; Word knows it by its style.
local function small(div)
  if not div.classes:includes("small-print") then return nil end
  local function smaller(block)
    block.content = { pandoc.Span(block.content, { ["custom-style"] = "Small Print" }) }
    return block
  end
  if FORMAT == "docx" then return div:walk({ Para = smaller, Plain = smaller }) end
  if FORMAT ~= "typst" then return nil end
  local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", "#small-print[") })
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock("typst", "]"))
  return blocks
end

-- A term stands on the line of what it means, where that is one paragraph.
local function terms(list)
  if FORMAT ~= "typst" then return nil end
  local inlines = pandoc.Inlines({})
  for _, item in ipairs(list.content) do
    local term, meanings = item[1], item[2]
    if #meanings ~= 1 or #meanings[1] ~= 1 then return nil end
    inlines:insert(pandoc.RawInline("typst", "/ "))
    inlines:extend(term)
    inlines:insert(pandoc.RawInline("typst", ": "))
    inlines:extend(meanings[1][1].content)
    inlines:insert(pandoc.RawInline("typst", "\n\n"))
  end
  return pandoc.Plain(inlines)
end

return {
  { Div = unprinted, FloatRefTarget = unprinted_float },
  { Pandoc = sections },
  { Pandoc = about },
  { DefinitionList = terms },
  { Str = range },
  { Span = status, Image = image, Div = small },
  { Div = folded },
  { Pandoc = function(doc) if not FORMAT:match("html") then return links(doc) end end },
}
