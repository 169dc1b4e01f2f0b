-- What Quarto does to a document itself, for the embedded renderer: conditional content, captions
-- of cells, numbers of figures and tables with references to them, links between pages.
-- What cannot be resolved is told on stderr, one line "bokslut: what <tab> name" each.

local WORDS = { sv = { fig = "Figur", tbl = "Tabell" }, en = { fig = "Figure", tbl = "Table" } }
local FORMATS = { html = "html", html5 = "html", typst = "typst", docx = "docx" }
local format = FORMATS[FORMAT]
local words, targets

local function tell(what, name) io.stderr:write("bokslut: " .. what .. "\t" .. name .. "\n") end

local function raw(text) return pandoc.RawInline("typst", text) end

local function kind_of(id)
  local kind = id and id:match("^(%a+)%-")
  return (kind == "fig" or kind == "tbl") and kind or nil
end

-- Conditional content: only what is meant for this format stays.
local function conditional(div)
  local visible = div.classes:includes("content-visible")
  if not visible and not div.classes:includes("content-hidden") then return nil end
  local wanted = div.attributes["when-format"]
  if not FORMATS[wanted or ""] then tell("condition", tostring(wanted)) end
  if (wanted == format) ~= visible then return {} end
  return div.content
end

-- Boxes, tabs and columns that Quarto has and this renderer has not.
local function layout(element)
  for _, class in ipairs(element.classes) do
    if class:match("^panel%-") or class:match("^column") or class:match("^callout") then
      tell("layout", "." .. class)
    end
  end
  for name in pairs(element.attributes) do
    if name:match("^layout") or name:match("^fig%-") and name ~= "fig-alt" then
      tell("layout", name)
    end
  end
end

-- A labelled div is a cell with a caption, its last paragraph: both belong to its first table; what
-- follows that stays after it.
local function labelled(div)
  if not kind_of(div.identifier) then return nil end
  local caption = div.content:remove()
  local found = false
  local content = div.content:walk({
    traverse = "topdown",
    Table = function(element)
      if found then return nil end
      found = true
      element.identifier = div.identifier
      element.caption.long = { pandoc.Plain(caption.content) }
      return element, false
    end,
  })
  if not found then tell("caption", div.identifier) end
  return content
end

-- An image's label belongs to its figure.
local function figure(element)
  return element:walk({ Image = function(image)
    if image.identifier ~= "" then element.identifier = image.identifier end
    image.identifier = ""
    return image
  end }), element.identifier
end

local function caption_text(element)
  return element.caption.long and pandoc.utils.blocks_to_inlines(element.caption.long) or {}
end

-- Typst numbers its figures itself; the other formats get the number as text.
local function typst_float(kind, element, content)
  local opening = '#figure(kind: "quarto-float-' .. kind .. '", supplement: [' .. words[kind]
    .. "], caption: figure.caption(position: " .. (kind == "tbl" and "top" or "bottom") .. ", ["
  local inlines = pandoc.Inlines({ raw(opening) })
  inlines:extend(caption_text(element))
  inlines:insert(raw("]), ["))
  local label = element.identifier ~= "" and " <" .. element.identifier .. ">" or ""
  return { pandoc.Plain(inlines), content, pandoc.RawBlock("typst", "])" .. label) }
end

local function number(doc)
  local counts = { fig = 0, tbl = 0 }
  targets = {}
  local function float(kind)
    return function(element)
      if kind == "fig" then
        local id
        element, id = figure(element)
        element.identifier = id
      end
      if kind_of(element.identifier) ~= kind then return nil end
      counts[kind] = counts[kind] + 1
      local text = words[kind] .. "\u{a0}" .. counts[kind]
      if targets[element.identifier] then tell("duplicate", element.identifier) end
      targets[element.identifier] = text
      if format == "typst" then
        local content = kind == "fig" and element.content[1] or element:clone()
        if kind == "tbl" then
          content.caption = { long = {} }
          content.identifier = ""
        end
        return typst_float(kind, element, content), false
      end
      local caption = pandoc.Inlines({ pandoc.Str(text .. ":"), pandoc.Space() })
      caption:extend(caption_text(element))
      element.caption.long = { pandoc.Plain(caption) }
      return element, false
    end
  end
  return doc:walk({ traverse = "topdown", Figure = float("fig"), Table = float("tbl") })
end

-- @fig-x: a link to what it names.
local function reference(cite)
  local result = pandoc.Inlines({})
  for i, citation in ipairs(cite.citations) do
    local text = targets[citation.id]
    if not text then
      tell("unresolved", citation.id)
      return nil
    end
    if i > 1 then result:insert(pandoc.Str(", ")) end
    result:insert(pandoc.Link(text, "#" .. citation.id, "", { class = "quarto-xref" }))
  end
  return result
end

local function link(element)
  if format ~= "html" then return nil end
  element.target = element.target:gsub("^([%w_-]+)%.qmd", "%1.html")
  return element
end

-- Alternative text where each format wants it; Typst's own image, since pandoc gives it none.
local function image(element)
  local alt = element.attributes["fig-alt"] or pandoc.utils.stringify(element.caption)
  if alt == "" then tell("alt", element.src) end
  if format == "typst" then
    local quoted = alt:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("\n", " ")
    return raw('#box(image("' .. element.src .. '", alt: "' .. quoted .. '"))')
  end
  element.attributes["fig-alt"] = nil
  element.caption = { pandoc.Str(alt) }
  return element
end

-- Pandoc's Typst sets each table as a centred figure, unless it is told not to.
local function bare(element)
  if format ~= "typst" then return nil end
  element.classes:insert("typst:no-figure")
  return element
end

function Pandoc(doc)
  words = WORDS[pandoc.utils.stringify(doc.meta.lang or "sv"):sub(1, 2)] or WORDS.sv
  doc = doc:walk({ traverse = "topdown", Div = conditional })
  doc:walk({ Div = layout, Image = layout, Figure = layout })
  doc = number(doc:walk({ Div = labelled }))
  doc = doc:walk({ Cite = reference, Link = link, Image = image, Table = bare })
  -- The title is the document's own, so its sections begin at the first level on paper.
  if format ~= "html" then
    doc = doc:walk({ Header = function(header)
      header.level = math.max(1, header.level - 1)
      return header
    end })
  end
  return doc
end
