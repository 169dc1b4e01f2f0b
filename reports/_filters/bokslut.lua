-- What every format of the documents needs, in Quarto and in the embedded renderer alike:
-- headers for the rows of tables, charts that Word can show, links that lead somewhere on paper.

-- A table's first column is its row header, unless the table says {.no-row-headers}.
local function row_headers(element)
  if element.classes:includes("no-row-headers") then return nil end
  for _, body in ipairs(element.bodies) do body.row_head_columns = 1 end
  return element
end

-- Which way a header looks, and a region of its own to scroll in for a wide table.
local function html_table(element)
  for _, row in ipairs(element.head.rows) do
    for _, cell in ipairs(row.cells) do cell.attr.attributes.scope = "col" end
  end
  for _, body in ipairs(element.bodies) do
    for _, row in ipairs(body.row_head_columns > 0 and body.body or {}) do
      row.cells[1].attr.attributes.scope = "row"
    end
  end
  local attributes = { { "tabindex", "0" } }
  local caption = pandoc.utils.stringify(element.caption.long)
  if caption ~= "" then
    table.insert(attributes, 1, { "role", "region" })
    table.insert(attributes, { "aria-label", caption })
  end
  return pandoc.Div({ element }, pandoc.Attr("", { "table-scroll" }, attributes))
end

return { {
  Table = function(element)
    element = row_headers(element) or element
    if FORMAT:match("html") then return html_table(element), false end
    return element
  end,
  Image = function(image)
    if FORMAT == "docx" then image.src = image.src:gsub("%.svg$", ".png") end
    return image
  end,
}, {
  -- On paper a link to another page becomes a link inside the document, where its target is there.
  Pandoc = function(doc)
    if FORMAT:match("html") then return nil end
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
  end,
} }
