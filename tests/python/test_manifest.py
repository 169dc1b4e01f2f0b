"""What the linters cannot see: rules of layers, names and contracts, read from dbt's manifest."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import ROOT, Project

Node = dict[str, Any]


@pytest.fixture(scope="module")
def manifest(built: Project) -> dict[str, Any]:
    return json.loads((built.target / "manifest.json").read_text(encoding="utf-8"))


def nodes(manifest: dict[str, Any], kind: str) -> list[Node]:
    """The project's own nodes of a resource type."""
    return [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == kind and node["package_name"] == "bokslut"
    ]


def layer(node: Node) -> str:
    """The folder below models/ or seeds/."""
    return node["fqn"][1]


OWN_STAGING = {
    "printed_lines": "stg_report__lines",
    "printed_pastaenden": "stg_report__pastaenden",
}


def test_a_printed_seed_is_read_by_its_staging_model_alone(manifest) -> None:
    printed = {n["unique_id"]: n["name"] for n in nodes(manifest, "seed") if layer(n) == "printed"}
    readers = {
        (seed, node["name"])
        for node in manifest["nodes"].values()
        for seed in node["depends_on"].get("nodes", [])
        if seed in printed
    }
    assert readers == {
        (seed, OWN_STAGING.get(name, "stg_report__cells")) for seed, name in printed.items()
    }


def test_a_layer_reads_its_own_and_the_layer_before(manifest) -> None:
    allowed = {
        "runs": {"reference"},
        "staging": {"printed"},
        "intermediate": {"staging", "intermediate", "reference", "control"},
        "marts": {"intermediate", "marts", "reference", "control"},
        "reporting": {"marts", "reporting"},
    }
    known = {node["unique_id"]: node for node in nodes(manifest, "seed") + nodes(manifest, "model")}
    wrong = [
        f"{node['name']} ({layer(node)}) reads {known[parent]['name']} ({layer(known[parent])})"
        for node in nodes(manifest, "model")
        for parent in node["depends_on"]["nodes"]
        if layer(known[parent]) not in allowed[layer(node)] | {"runs"}
        and node["name"] != "run_result"
    ]
    assert wrong == []


def test_a_schema_is_named_after_its_layer(manifest) -> None:
    found = {(layer(n), n["schema"]) for n in nodes(manifest, "seed") + nodes(manifest, "model")}
    assert all(name == schema for name, schema in found), found


def test_every_mart_is_a_public_contract_with_a_key(manifest) -> None:
    marts = [node for node in nodes(manifest, "model") if layer(node) == "marts"]
    assert marts
    for node in marts:
        assert node["config"]["contract"]["enforced"], node["name"]
        assert node["access"] == "public", node["name"]
        assert [c["type"] for c in node["constraints"]] == ["primary_key"], node["name"]
        assert any(
            c["type"] == "not_null" for col in node["columns"].values() for c in col["constraints"]
        ), node["name"]


def test_what_documents_show_is_a_public_contract_and_no_other_model_is(manifest) -> None:
    public = {n["name"] for n in nodes(manifest, "model") if n["access"] == "public"}
    interfaces = [n for n in nodes(manifest, "model") if layer(n) in ("marts", "reporting")]
    assert public == {n["name"] for n in interfaces}
    assert all(n["config"]["contract"]["enforced"] for n in interfaces)


def test_every_description_says_the_grain_first(manifest) -> None:
    for node in nodes(manifest, "model") + nodes(manifest, "seed"):
        assert node["description"].startswith("One row per "), node["name"]
        for name, column in node["columns"].items():
            assert column["description"].strip(), f"{node['name']}.{name}"


def test_every_test_is_named_after_what_it_claims(manifest) -> None:
    own = {node["name"] for node in nodes(manifest, "model") + nodes(manifest, "seed")}
    macros = {m["name"].removeprefix("test_") for m in manifest["macros"].values()}
    for test in nodes(manifest, "test"):
        subject, _, claim = test["name"].rpartition("__")
        assert re.fullmatch(r"[a-z]+(_[a-z]+)+", claim), test["name"]
        assert any(n.startswith(subject.split("__")[0]) for n in own | macros), test["name"]
        if "test_metadata" in test:
            assert test["description"], f"{test['name']} does not say what breaks"
        assert test["config"]["severity"] == "ERROR", test["name"]
    for test in manifest["unit_tests"].values():
        assert test["description"], test["name"]


def test_every_singular_test_says_what_it_is_for() -> None:
    for file in sorted((ROOT / "tests").glob("singular/*.sql")) + sorted(
        (ROOT / "tests").glob("macros/*.sql")
    ):
        assert file.read_text(encoding="utf-8").startswith("-- "), file.name


def test_every_test_tells_a_controller_what_is_wrong(manifest) -> None:
    for test in nodes(manifest, "test"):
        assert "message_sv" in test["compiled_code"], test["name"]


def test_no_model_holds_a_swedish_word(manifest) -> None:
    """Words come from reference_codes and reference_explanations."""
    literal = re.compile(r"'[^'\n]*[åäöÅÄÖ][^'\n]*'")
    found = {n["name"]: literal.findall(n["raw_code"]) for n in nodes(manifest, "model")}
    assert {name: words for name, words in found.items() if words} == {}


def test_engines_differ_in_one_folder_only(manifest) -> None:
    for macro in manifest["macros"].values():
        if macro["package_name"] == "bokslut" and "/engine/" not in macro["path"]:
            assert "adapter.dispatch" not in macro["macro_sql"], macro["name"]
            assert "target.type" not in macro["macro_sql"], macro["name"]
    for node in nodes(manifest, "model") + nodes(manifest, "test"):
        assert "target.type" not in node["raw_code"], node["name"]


# What each row, figure, claim or text is compared with is a list of words or of invented rows.
WITH_WORDS = {
    "stg_report__cells",
    "int_cells__unioned",
    "int_figures__attributed",
    "int_figures__matched",
    "int_claims__matched",
    "int_claims__readings_stand_in_print",
    "control__texts_hold_their_figures",
    "rows_are_sound__catches_broken_rows",
}


def test_no_join_compares_each_with_each(built: Project, manifest) -> None:
    """Thousands of reports: a left join of more than equalities is planned as a nested loop."""
    with duckdb.connect(str(built.database), read_only=True) as connection:
        found = {
            node["name"]
            for node in nodes(manifest, "model") + nodes(manifest, "test")
            if "BLOCKWISE_NL_JOIN"
            in connection.execute(f"explain (format json) {node['compiled_code']}").fetchall()[0][1]
        }
    assert found == WITH_WORDS


def test_printed_seeds_are_text(manifest) -> None:
    for seed in nodes(manifest, "seed"):
        if layer(seed) == "printed":
            assert set(seed["config"]["column_types"].values()) == {"varchar"}, seed["name"]
        if layer(seed) == "printed" and seed["name"] != "printed_lines":
            assert list(seed["columns"])[:4] == [
                "report_id",
                "row_no",
                "source_line_first",
                "source_line_last",
            ], seed["name"]


def test_exposures_name_the_reports(manifest) -> None:
    exposures = manifest["exposures"].values()
    assert {e["name"] for e in exposures} >= {"verksamhetsberattelse", "avstamning"}
    for exposure in exposures:
        models = {manifest["nodes"][parent]["fqn"][1] for parent in exposure["depends_on"]["nodes"]}
        assert models <= {"marts", "reporting"}, exposure["name"]


def test_every_model_has_its_yaml_beside_it(manifest) -> None:
    shared = {"staging": "_staging.yml", "checks": "_checks.yml"}
    for model in nodes(manifest, "model"):
        file = Path(model["original_file_path"])
        beside = file.with_name(shared.get(file.parent.name, f"{file.stem}.yml"))
        assert model["patch_path"] == f"bokslut://{beside}", model["name"]


def test_the_rules_are_those_of_the_folder_and_of_the_register(manifest) -> None:
    models = {n["name"] for n in nodes(manifest, "model") if "checks" in n["fqn"]}
    (joined,) = (n for n in nodes(manifest, "model") if n["name"] == "fct_reconciliations")
    parents = {parent.rpartition(".")[2] for parent in joined["depends_on"]["nodes"]}
    with (ROOT / "seeds/reference/reference_rules.csv").open(encoding="utf-8") as seed:
        named = {f"int_checks__{row['rule']}" for row in csv.DictReader(seed)}
    assert models == named == parents & models
