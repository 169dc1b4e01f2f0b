-- What Quarto does to a document itself, for the embedded renderer: conditional content, callouts,
-- tabsets, numbered figures, tables and sections with references to them, links between pages.
-- What cannot be resolved is told on stderr, one line "bokslut: what <tab> name" each.

local WORDS = {
  sv = { fig = "Figur", tbl = "Tabell", sec = "Avsnitt",
         note = "Notera", tip = "Tips", warning = "Varning", important = "Viktigt" },
  en = { fig = "Figure", tbl = "Table", sec = "Section",
         note = "Note", tip = "Tip", warning = "Warning", important = "Important" },
}
local FORMATS = { html = "html", html5 = "html", typst = "typst", docx = "docx" }
local format = FORMATS[FORMAT]
local words, targets, number_sections, top

local function tell(what, name) io.stderr:write("bokslut: " .. what .. "\t" .. name .. "\n") end

local function raw(text) return pandoc.RawInline("typst", text) end

local function typst_string(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("\n", " ") .. '"'
end

-- Conditional content: only what is meant for this format stays.
local function conditional(element)
  local visible = element.classes:includes("content-visible")
  if not visible and not element.classes:includes("content-hidden") then return nil end
  local when, unless = element.attributes["when-format"], element.attributes["unless-format"]
  local wanted = when or unless
  if not FORMATS[wanted or ""] then
    tell("villkor", tostring(wanted))
  end
  local holds = (wanted == format) == (when ~= nil)
  if holds ~= visible then return {} end
  return element.content
end

local function kind_of(id) return id and id:match("^(%a+)%-") end

-- Layouts that Quarto has and this renderer has not.
local function layout(element)
  for _, class in ipairs(element.classes) do
    if class ~= "panel-tabset" and (class:match("^panel%-") or class:match("^column")) then
      tell("layout", "." .. class)
    end
  end
  for name in pairs(element.attributes) do
    if name:match("^layout") or name:match("^fig%-") and name ~= "fig-alt" then
      tell("layout", name)
    end
  end
end

-- A callout's or a tab's title: its title attribute, or its first heading, which it loses.
local function take_title(div)
  if div.attributes.title then
    local title = pandoc.utils.blocks_to_inlines(pandoc.read(div.attributes.title).blocks)
    div.attributes.title = nil
    return title
  end
  if div.content[1] and div.content[1].t == "Header" then
    return div.content:remove(1).content
  end
end

local function callout(div)
  local kind
  for _, class in ipairs(div.classes) do kind = class:match("^callout%-(%a+)$") or kind end
  if not kind then return nil end
  for key in pairs(div.attributes) do
    if key ~= "title" and key ~= "icon" and key ~= "appearance" and key ~= "collapse" then
      tell("callout", key)
    end
  end
  local title = take_title(div)
  if not title then
    if not words[kind] then tell("callout", "callout-" .. kind) end
    title = { pandoc.Str(words[kind] or kind) }
  end
  if format == "typst" then
    local body = pandoc.Blocks({ pandoc.Plain({ raw("#callout(title: ["),
      pandoc.Span(title), raw("])[") }) })
    body:extend(div.content)
    body:insert(pandoc.RawBlock("typst", "]"))
    return body
  end
  local heading = pandoc.Div(pandoc.Para(title),
    { class = "callout-title", ["custom-style"] = format == "docx" and "Callout Title" or nil })
  local body = pandoc.Div(div.content,
    { class = "callout-body", ["custom-style"] = format == "docx" and "Callout" or nil })
  return pandoc.Div({ heading, body }, { id = div.identifier, class = "callout callout-" .. kind })
end

-- A tabset: each tab is a section with its title; a script makes tabs of them in a browser.
local function tabset(div)
  if not div.classes:includes("panel-tabset") then return nil end
  local level = div.content[1] and div.content[1].level
  if not level then
    tell("tabset", "panel-tabset")
    return nil
  end
  local tabs = pandoc.Blocks({})
  for _, block in ipairs(div.content) do
    if block.t == "Header" and block.level == level then
      if format == "html" then
        tabs:insert(pandoc.Div({ pandoc.Div(pandoc.Para(block.content), { class = "tab-title" }) },
          { id = block.identifier, class = "tab" }))
      else
        block.classes:insert("unnumbered")
        block.classes:insert("unlisted")
        tabs:insert(pandoc.Div({ block }))
      end
    else
      tabs[#tabs].content:insert(block)
    end
  end
  return pandoc.Div(tabs, div.attr)
end

-- A labelled div around a table or an image gives it its label, and its last paragraph as caption.
local function labelled(div)
  local kind = kind_of(div.identifier)
  if kind ~= "fig" and kind ~= "tbl" then return nil end
  local caption = div.content:remove()
  local result
  local function take(element)
    result = element
    return element
  end
  div:walk({ Table = take, Image = take })
  if not result or not caption or not caption.content then
    tell("caption", div.identifier)
    return nil
  end
  if result.t == "Image" then
    result.attributes["fig-alt"] = div.attributes["fig-alt"] or result.attributes["fig-alt"]
    return pandoc.Figure({ pandoc.Plain({ result }) }, { long = { pandoc.Plain(caption.content) } },
      { id = div.identifier })
  end
  result.identifier = div.identifier
  result.caption.long = { pandoc.Plain(caption.content) }
  return result
end

-- An image's label and alternative text belong to its figure.
local function figure(figure)
  figure:walk({ Image = function(image)
    if image.identifier ~= "" then figure.identifier = image.identifier end
  end })
  return figure:walk({ Image = function(image) image.identifier = ""; return image end })
end

local function caption_text(element)
  return element.caption.long and pandoc.utils.blocks_to_inlines(element.caption.long) or {}
end

-- Numbers what has a label, in the order of the document.
local function number(doc)
  local counts = { fig = 0, tbl = 0 }
  local levels = {}
  targets = {}
  local function add(id, text)
    if targets[id] then tell("duplicate", id) end
    targets[id] = text
  end
  local function float(kind)
    return function(element)
      if kind_of(element.identifier) ~= kind then return nil end
      counts[kind] = counts[kind] + 1
      local text = words[kind] .. "\u{a0}" .. counts[kind]
      add(element.identifier, text)
      local caption = pandoc.Inlines({ pandoc.Str(text .. ":"), pandoc.Space() })
      caption:extend(caption_text(element))
      element.caption.long = { pandoc.Plain(caption) }
      return element, false
    end
  end
  local function header(element)
    local text
    if number_sections and not element.classes:includes("unnumbered") then
      local depth = element.level - top + 1
      levels[depth] = (levels[depth] or 0) + 1
      for i = depth + 1, #levels do levels[i] = nil end
      for i = 1, depth do levels[i] = levels[i] or 0 end
      text = table.concat(levels, ".")
      element.content:insert(1, pandoc.Space())
      element.content:insert(1, pandoc.Span(text, { class = "header-section-number" }))
    end
    if kind_of(element.identifier) == "sec" then
      add(element.identifier, words.sec .. "\u{a0}" .. (text or "?"))
      if not text then tell("sektion", element.identifier) end
    end
    return element
  end
  return doc:walk({ traverse = "topdown", Figure = float("fig"), Table = float("tbl"),
                    Header = header })
end

-- @fig-x, [-@fig-x]: a link to what it names.
local function reference(cite)
  local result = pandoc.Inlines({})
  for i, citation in ipairs(cite.citations) do
    local kind = kind_of(citation.id)
    if kind ~= "fig" and kind ~= "tbl" and kind ~= "sec" then
      tell("unresolved", citation.id)
      return nil
    end
    local text = targets[citation.id]
    if not text then
      tell("unresolved", citation.id)
      return nil
    end
    if citation.mode == "SuppressAuthor" then text = text:gsub("^.*\u{a0}", "") end
    if i > 1 then result:insert(pandoc.Str(", ")) end
    result:insert(pandoc.Link(text, "#" .. citation.id, "", { class = "quarto-xref" }))
  end
  return result
end

local function link(element)
  if format == "html" then
    element.target = element.target:gsub("^([%w_-]+)%.qmd", "%1.html")
    return element
  end
end

local function alternative(image)
  return image.attributes["fig-alt"] or image.attributes.alt or pandoc.utils.stringify(image.caption)
end

-- Alternative text where each format wants it; Typst's own figure and image, since pandoc gives
-- them no alternative text.
local function typst_image(image)
  local width = image.attributes.width
  return string.format("image(%s, alt: %s%s)", typst_string(image.src),
    typst_string(alternative(image)), width and ", width: " .. width or "")
end

local function image(element)
  local alt = alternative(element)
  if alt == "" and not element.classes:includes("decorative") then tell("alt", element.src) end
  if format == "typst" then return raw("#box(" .. typst_image(element) .. ")") end
  element.attributes["fig-alt"] = nil
  element.attributes.alt = nil
  element.caption = { pandoc.Str(alt) }
  return element
end

local function typst_figure(element)
  local drawn
  element:walk({ Image = function(found) drawn = found end })
  if not drawn then return nil end
  local inlines = pandoc.Inlines({ raw("#figure(" .. typst_image(drawn) .. ", kind: image, caption: [") })
  inlines:extend(caption_text(element))
  inlines:insert(raw("])" .. (element.identifier ~= "" and " <" .. element.identifier .. ">" or "")))
  return pandoc.Plain(inlines), false
end

-- Pandoc's Typst writer does not say which cells of a row are headers: the PDF's tags get it later.
local function typst_table(element)
  local heads = element.bodies[1] and element.bodies[1].row_head_columns or 0
  return { pandoc.RawBlock("typst", "/* row-headers: " .. heads .. " */"), element }
end

function Pandoc(doc)
  words = WORDS[pandoc.utils.stringify(doc.meta.lang or "sv"):sub(1, 2)] or WORDS.sv
  number_sections = doc.meta["number-sections"] == true
  doc = doc:walk({ traverse = "topdown", Div = conditional, Span = conditional })
  doc:walk({ Div = layout, Image = layout, Figure = layout })
  doc = doc:walk({ Div = function(div) return callout(div) or tabset(div) or labelled(div) end,
                   Figure = figure })
  top = 9
  doc:walk({ Header = function(header)
    if not header.classes:includes("unnumbered") then top = math.min(top, header.level) end
  end })
  doc = number(doc)
  doc = doc:walk({ Cite = reference, Link = link })
  if format == "typst" then
    doc = doc:walk({ traverse = "topdown", Figure = typst_figure, Table = typst_table })
  end
  if format == "docx" then
    -- Nor does its Word writer: the file gets it later.
    doc:walk({ Table = function(element)
      tell("row-headers", element.bodies[1] and element.bodies[1].row_head_columns or 0)
    end })
  end
  doc = doc:walk({ Image = image })
  if format ~= "html" and top > 1 then
    doc = doc:walk({ Header = function(header)
      header.level = math.max(1, header.level - top + 1)
      return header
    end })
  end
  return doc
end
