"""Draws `docs/lineage.svg`, the lineage of the project, from `target/manifest.json`.

Run as `uv run python docs/lineage.py` after a build. The picture is a layered drawing: a column
for each layer. Inside the intermediate layer, a family of models (many with the same name before
`__`) has a column of its own, and the others run from top to bottom. An edge that passes a column
gets a place of its own there, shared by all edges of its source, so that it runs as one line that
branches and never runs under a box. The same manifest always gives the same text.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
MANIFEST = ROOT / "target/manifest.json"
PICTURE = ROOT / "docs/lineage.svg"

# Sizes in px at the picture's own width.
FONT, LINE, LETTER = 12.0, 14.0, 6.4
PADDING, GAP, CHANNEL = 9.0, 10.0, 36.0
MARGIN, HEAD, LONGEST = 12.0, 62.0, 15
SWEEPS = 24
FAMILY = 4  # as many models with one name before `__` have a column of their own

Key = tuple[str, int]


@dataclass(frozen=True)
class Layer:
    """One layer: its heading, the prefix that its labels leave out, its colours, its columns."""

    title: str
    prefix: str
    hint: str
    fill: str
    stroke: str
    has_families: bool = False


LAYERS: Mapping[str, Layer] = {
    "printed": Layer("printed seeds", "printed_", "printed_…", "#fdf3d8", "#9a6a00"),
    "staging": Layer("staging", "stg_report__", "stg_report__…", "#e6f2ea", "#2c7a4b"),
    "intermediate": Layer("intermediate", "int_", "int_…", "#e3eef9", "#2868a8", has_families=True),
    "marts": Layer("marts", "", "dim_…, fct_…", "#ece7f8", "#6243b0"),
    "reporting": Layer("reporting", "rpt_", "rpt_…", "#f7e6f1", "#a03a7e"),
    "exposures": Layer("reports", "", "Quarto", "#fbe6e1", "#b03a22"),
}
# Seeds of these schemas are one box each, beside the printed seeds: all that they feed shows.
GROUPS = {"reference": "#6b7280", "control": "#0f7f86"}


@dataclass(frozen=True)
class Node:
    """A box: its name, layer, family in the layer (or ""), lines of text, colour and size in px."""

    name: str
    layer: str
    family: str
    lines: tuple[str, ...]
    stroke: str

    @property
    def width(self) -> float:
        """Width in px, from the longest line."""
        return max(len(line) for line in self.lines) * LETTER + 2 * PADDING

    @property
    def height(self) -> float:
        """Height in px, from the number of lines."""
        return len(self.lines) * LINE + PADDING


@dataclass
class Graph:
    """Nodes by name, edges between names, and the column of each node."""

    nodes: dict[str, Node]
    edges: list[tuple[str, str]]
    columns: dict[str, int] = field(default_factory=dict)


def label(name: str, prefix: str) -> tuple[str, ...]:
    """A name as lines of a box: without its layer's prefix, cut at `__` and where it is long."""
    lines = []
    for part in name.removeprefix(prefix).split("__"):
        line = ""
        for word in part.replace("_", "_\0").split("\0"):
            if line and len(line) + len(word.rstrip("_")) > LONGEST:
                lines.append(line)
                line = ""
            line += word
        lines.append(line)
    return tuple(lines)


def family_of(name: str) -> str:
    """What a name shares with its family: all up to and with its `__`; "" where it has none."""
    return name.partition("__")[0] + "__" if "__" in name else ""


def layer_of(node: Mapping[str, Any]) -> str | None:
    """The layer or group that a node of the manifest belongs to; None for tests and the like."""
    if node["resource_type"] == "exposure":
        return "exposures"
    if node["resource_type"] not in ("seed", "model"):
        return None
    folder = node["fqn"][1]
    return folder if folder in LAYERS or folder in GROUPS else None


def read_graph(manifest: Mapping[str, Any]) -> Graph:
    """The nodes and edges of the picture, sorted by name; a group of seeds is one node.

    Raises KeyError where `manifest` is no manifest of dbt.
    """
    found = {**manifest["nodes"], **manifest["exposures"]}
    layers = {unique_id: layer for unique_id, node in found.items() if (layer := layer_of(node))}
    families = Counter(family_of(found[i]["name"]) for i in layers)
    names = {i: layer if layer in GROUPS else found[i]["name"] for i, layer in layers.items()}
    nodes = {}
    for unique_id, layer in layers.items():
        if layer in GROUPS:
            count = sum(other == layer for other in layers.values())
            lines: tuple[str, ...] = (layer, f"{count} seeds")
            nodes[layer] = Node(layer, "printed", "", lines, GROUPS[layer])
        else:
            style = LAYERS[layer]
            shown = found[unique_id].get("label") or found[unique_id]["name"]
            family = family_of(shown) if style.has_families else ""
            family = family if families[family] >= FAMILY else ""
            prefix = family or style.prefix
            lines = (shown,) if layer == "exposures" else label(shown, prefix)
            name = names[unique_id]
            nodes[name] = Node(name, layer, family, lines, style.stroke)
    edges = {
        (names[parent], names[child])
        for child in layers
        for parent in found[child].get("depends_on", {}).get("nodes", [])
        if parent in names
    }
    graph = Graph(dict(sorted(nodes.items())), sorted(edges))
    graph.columns = place_columns(graph)
    return graph


def place_columns(graph: Graph) -> dict[str, int]:
    """The column of each node: layers in their order, in a layer the stream before its families."""
    present = {(node.layer, node.family) for node in graph.nodes.values()}
    order = {layer: i for i, layer in enumerate(LAYERS)}
    columns = sorted(present, key=lambda column: (order[column[0]], column[1]))
    return {name: columns.index((node.layer, node.family)) for name, node in graph.nodes.items()}


def depths(graph: Graph) -> dict[str, int]:
    """The length of the longest path to each node."""
    parents = defaultdict(list)
    for parent, child in graph.edges:
        parents[child].append(parent)
    found: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in found:
            found[name] = max((depth(parent) + 1 for parent in parents[name]), default=0)
        return found[name]

    return {name: depth(name) for name in graph.nodes}


def route(graph: Graph) -> tuple[list[tuple[Key, Key]], list[tuple[str, str]]]:
    """Edges cut at each column that they pass, and those that do not lead to the right.

    A key is (source, column): the node in its own column, or the place where its edges pass.
    """
    pieces: set[tuple[Key, Key]] = set()
    others = []
    for parent, child in graph.edges:
        start, end = graph.columns[parent], graph.columns[child]
        if start >= end:
            others.append((parent, child))
            continue
        for column in range(start, end - 1):
            pieces.add(((parent, column), (parent, column + 1)))
        pieces.add(((parent, end - 1), (child, end)))
    return sorted(pieces), others


def crossings(order: Sequence[Sequence[Key]], pieces: Sequence[tuple[Key, Key]]) -> int:
    """How many pairs of edge pieces cross between neighbouring columns."""
    place = {key: i for column in order for i, key in enumerate(column)}
    between = defaultdict(list)
    for start, end in pieces:
        between[start[1]].append((place[start], place[end]))
    return sum(
        (a - c) * (b - d) < 0
        for ends in between.values()
        for i, (a, b) in enumerate(ends)
        for c, d in ends[:i]
    )


def is_stream(node: Node) -> bool:
    """Whether a node is one of those that run from top to bottom inside their layer."""
    return LAYERS[node.layer].has_families and not node.family


def arrange(graph: Graph, pieces: Sequence[tuple[Key, Key]]) -> list[list[Key]]:
    """The keys of each column from top to bottom, with few crossings (barycentre sweeps)."""
    keys = {(name, column) for name, column in graph.columns.items()}
    keys |= {key for piece in pieces for key in piece}
    neighbours: dict[Key, dict[int, list[Key]]] = defaultdict(lambda: defaultdict(list))
    for start, end in pieces:
        neighbours[start][1].append(end)
        neighbours[end][-1].append(start)

    def is_own(key: Key) -> bool:
        return graph.columns[key[0]] == key[1]

    order: list[list[Key]] = [[] for _ in range(max(graph.columns.values()) + 1)]
    for key in sorted(keys, key=lambda key: (key[0] in GROUPS, key)):
        order[key[1]].append(key)
    depth = depths(graph)
    downward = {name: depth[name] for name, node in graph.nodes.items() if is_stream(node)}
    best, fewest = [], None
    for sweep in range(SWEEPS):
        side = -1 if sweep % 2 == 0 else 1
        for column in order if side == -1 else reversed(order):
            place = {key: i / len(other) for other in order for i, key in enumerate(other)}

            def centre(key: Key, place: dict[Key, float] = place, side: int = side) -> float:
                near = neighbours[key][side]
                return sum(place[other] for other in near) / len(near) if near else place[key]

            column.sort(key=lambda key: (is_own(key) and key[0] in GROUPS, centre(key)))
            stream = [i for i, key in enumerate(column) if is_own(key) and key[0] in downward]
            sources = sorted((column[i] for i in stream), key=lambda key: (downward[key[0]], key))
            for i, key in zip(stream, sources, strict=True):
                column[i] = key
        count = crossings(order, pieces)
        if fewest is None or count < fewest:
            best, fewest = [list(column) for column in order], count
    return best


def settle(wanted: Sequence[float], apart: Sequence[float]) -> list[float]:
    """The places nearest to the wanted ones (least squares) that keep order and distance.

    `apart[i]` is the least distance in px between place i - 1 and place i; the first is unused.
    """
    offsets = [sum(apart[1 : i + 1]) for i in range(len(wanted))]
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, size = want - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, count = blocks.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        blocks.append((mean, size))
    flat = [mean for mean, size in blocks for _ in range(size)]
    return [place + offset for place, offset in zip(flat, offsets, strict=True)]


def place_rows(
    graph: Graph, order: Sequence[Sequence[Key]], pieces: Sequence[tuple[Key, Key]]
) -> dict[Key, float]:
    """The vertical middle of each key in px; the topmost box begins at 0."""
    own = {(name, column): graph.nodes[name].height for name, column in graph.columns.items()}
    height = {key: own.get(key, 0.0) for column in order for key in column}
    near = defaultdict(list)
    for start, end in pieces:
        near[start].append(end)
        near[end].append(start)
    apart = [
        [(height[a] + height[b]) / 2 + GAP for a, b in zip([keys[0], *keys], keys, strict=False)]
        for keys in order
    ]
    middle: dict[Key, float] = {}
    for keys, distances in zip(order, apart, strict=True):
        start = -sum(distances[1:]) / 2
        middle |= {key: start + sum(distances[1 : i + 1]) for i, key in enumerate(keys)}
    for sweep in range(SWEEPS):
        for keys, distances in list(zip(order, apart, strict=True))[:: 1 if sweep % 2 else -1]:
            wanted = [
                sum(middle[other] for other in near[key]) / len(near[key]) if near[key] else 0.0
                for key in keys
            ]
            middle |= dict(zip(keys, settle(wanted, distances), strict=True))
    top = min(middle[key] - height[key] / 2 for key in middle)
    return {key: place - top for key, place in middle.items()}


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def curve(x: float, y: float, x2: float, y2: float) -> str:
    """A path that leaves and arrives level."""
    half = (x + x2) / 2
    return (
        f"M{number(x)} {number(y)}C{number(half)} {number(y)} "
        f"{number(half)} {number(y2)} {number(x2)} {number(y2)}"
    )


def tip(x: float, y: float, across: float, down: float) -> str:
    """The head of an arrow that ends at (x, y), in the direction given as a unit step."""
    back_x, back_y = x - 6 * across, y - 6 * down
    return (
        f"M{number(x)} {number(y)}"
        f"L{number(back_x + 3 * down)} {number(back_y + 3 * across)}"
        f"L{number(back_x - 3 * down)} {number(back_y - 3 * across)}z"
    )


def turn(
    parent: str,
    child: str,
    graph: Graph,
    left: Sequence[float],
    width: Sequence[float],
    middle: Mapping[Key, float],
) -> tuple[str, str]:
    """The path and the arrow head of an edge inside a column, or back to one on its left."""
    start, end = graph.columns[parent], graph.columns[child]
    y, y2 = middle[parent, start], middle[child, end]
    if start > end:
        x2 = left[end] + width[end]
        return curve(left[start], y, x2 + 5, y2), tip(x2, y2, -1, 0)
    if y < y2 and not any(key[1] == start and y < place < y2 for key, place in middle.items()):
        x = left[start] + width[start] / 2
        top, foot = y + graph.nodes[parent].height / 2, y2 - graph.nodes[child].height / 2
        return f"M{number(x)} {number(top)}V{number(foot - 5)}", tip(x, foot, 0, 1)
    x = left[start]
    reach = x - 8 - min(abs(y2 - y) / 10, CHANNEL - 18)
    path = (
        f"M{number(x)} {number(y)}C{number(reach)} {number(y)} "
        f"{number(reach)} {number(y2)} {number(x - 5)} {number(y2)}"
    )
    return path, tip(x, y2, 1, 0)


def describe(graph: Graph) -> str:
    """The picture in words: how many nodes each layer has, and what each report reads."""
    counts = []
    for layer, style in LAYERS.items():
        nodes = [n for n in graph.nodes.values() if n.layer == layer and n.name not in GROUPS]
        if nodes:
            counts.append(f"{len(nodes)} in {style.title}")
    reads = []
    for name, node in graph.nodes.items():
        if node.layer == "exposures":
            parents = ", ".join(parent for parent, child in graph.edges if child == name)
            reads.append(f"{node.lines[0]} reads {parents}.")
    groups = " and ".join(f"{g} ({graph.nodes[g].lines[1]})" for g in GROUPS if g in graph.nodes)
    return f"From left to right: {', '.join(counts)}. Beside them: {groups}. {' '.join(reads)}"


def draw_columns(graph: Graph, left: Sequence[float], width: Sequence[float], bottom: float) -> str:
    """The tinted band and the heading of each layer."""
    parts = []
    for layer, style in LAYERS.items():
        columns = {
            graph.columns[node.name]: node.family
            for node in graph.nodes.values()
            if node.layer == layer
        }
        if not columns:
            continue
        first, last = min(columns), max(columns)
        x = left[first] - 8
        wide = left[last] + width[last] + 8 - x
        parts.append(
            f'<rect x="{number(x)}" y="{number(MARGIN)}" width="{number(wide)}" '
            f'height="{number(bottom - MARGIN)}" rx="10" fill="{style.fill}" opacity="0.45"/>'
            f'<text x="{number(x + wide / 2)}" y="{number(MARGIN + 20)}" class="head">'
            f"{escape(style.title)}</text>"
        )
        for column, family in sorted(columns.items()):
            hint = f"{family}…" if family else style.hint
            parts.append(
                f'<text x="{number(left[column] + width[column] / 2)}" '
                f'y="{number(MARGIN + 36)}" class="sub">{escape(hint)}</text>'
            )
    return "\n".join(parts)


def draw_node(node: Node, x: float, y: float, width: float) -> str:
    """A box with its middle at height y."""
    top = y - node.height / 2
    lines = "".join(
        f'<text x="{number(x + width / 2)}" '
        f'y="{number(top + PADDING / 2 + LINE * (i + 1) - 3.5)}">{escape(line)}</text>'
        for i, line in enumerate(node.lines)
    )
    return (
        f"<g><title>{escape(node.name)}</title>"
        f'<rect x="{number(x)}" y="{number(top)}" width="{number(width)}" '
        f'height="{number(node.height)}" rx="5" fill="#fff" stroke="{node.stroke}"/>{lines}</g>'
    )


def picture(manifest: Mapping[str, Any]) -> str:
    """The lineage as the text of an SVG file.

    Raises KeyError where `manifest` is no manifest of dbt.
    """
    graph = read_graph(manifest)
    pieces, others = route(graph)
    order = arrange(graph, pieces)
    middle = place_rows(graph, order, pieces)
    width = [0.0] * len(order)
    for name, column in graph.columns.items():
        width[column] = max(width[column], graph.nodes[name].width)
    left = [MARGIN + 8 + sum(width[:i]) + CHANNEL * i for i in range(len(order))]
    middle = {key: place + MARGIN + HEAD for key, place in middle.items()}
    boxes = {(name, column): graph.nodes[name] for name, column in graph.columns.items()}
    bottom = max(y + (boxes[key].height / 2 if key in boxes else 0) for key, y in middle.items())
    bottom += 12
    total = left[-1] + width[-1] + 8 + MARGIN

    def colour(name: str) -> str:
        return graph.nodes[name].stroke

    lines = []
    for start, end in pieces:
        path = curve(left[start[1]] + width[start[1]], middle[start], left[end[1]], middle[end])
        lines.append(f'<path d="{path}" stroke="{colour(start[0])}"/>')
    for key, y in sorted(middle.items()):
        if key not in boxes:
            x = left[key[1]]
            path = f"M{number(x)} {number(y)}H{number(x + width[key[1]])}"
            lines.append(f'<path d="{path}" stroke="{colour(key[0])}"/>')
    for parent, child in others:
        path, head = turn(parent, child, graph, left, width, middle)
        lines.append(f'<path d="{path}" stroke="{colour(parent)}"/>')
        lines.append(f'<path d="{head}" style="fill: {colour(parent)}"/>')
    drawn = [
        draw_node(node, left[key[1]], middle[key], width[key[1]])
        for key, node in sorted(boxes.items())
    ]
    size = f'width="{number(total)}" height="{number(bottom + MARGIN)}"'
    head = f"""<svg xmlns="http://www.w3.org/2000/svg" {size} \
viewBox="0 0 {number(total)} {number(bottom + MARGIN)}" role="img" aria-labelledby="title desc">
<title id="title">The lineage of bokslut: from the printed tables to the reports</title>
<desc id="desc">{escape(describe(graph))}</desc>
<style>
text {{ font: {number(FONT)}px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; \
text-anchor: middle; fill: #1f2328; }}
text.head {{ font-size: 14px; font-weight: 600; }}
text.sub {{ font-size: 11px; fill: #59636e; }}
path {{ fill: none; stroke-width: 1.3; opacity: 0.7; }}
</style>
<rect width="100%" height="100%" rx="12" fill="#fff"/>"""
    body = [head, draw_columns(graph, left, width, bottom), *lines, *drawn, "</svg>"]
    return "\n".join(body) + "\n"


def main() -> None:
    """Writes the picture; raises SystemExit with a hint where nothing has been built."""
    if not MANIFEST.is_file():
        raise SystemExit("There is no target/manifest.json yet: run `uv run dbt build` first.")
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    PICTURE.write_text(picture(manifest), encoding="utf-8")
    print(f"Wrote {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
