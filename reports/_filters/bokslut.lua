-- What every format of the documents needs, in Quarto and in the embedded renderer alike:
-- headers for the rows of tables, charts that Word can show, links that lead somewhere on paper.

-- A table's first column is its row header, unless the table says {.no-row-headers}.
local function row_headers(element)
  if element.classes:includes("no-row-headers") then return nil end
  for _, body in ipairs(element.bodies) do body.row_head_columns = 1 end
  return element
end

-- Which way a header looks.
local function scopes(element)
  for _, row in ipairs(element.head.rows) do
    for _, cell in ipairs(row.cells) do cell.attr.attributes.scope = "col" end
  end
  for _, body in ipairs(element.bodies) do
    for _, row in ipairs(body.row_head_columns > 0 and body.body or {}) do
      row.cells[1].attr.attributes.scope = "row"
    end
  end
  return element
end

return { {
  Table = function(element)
    element = row_headers(element) or element
    return FORMAT:match("html") and scopes(element) or element
  end,
  Image = function(image)
    if FORMAT == "docx" then image.src = image.src:gsub("%.svg$", ".png") end
    return image
  end,
}, {
  -- On paper a link to another page becomes a link inside the document, where its target is there.
  Pandoc = function(doc)
    if FORMAT:match("html") then return nil end
    -- Typst keeps a figure, and so a table with a caption, on one page unless it is told not to.
    if FORMAT == "typst" then
      doc.blocks:insert(1, pandoc.RawBlock("typst", "#show figure: set block(breakable: true)"))
    end
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
