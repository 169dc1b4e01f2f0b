{#- What makes a folder of Parquet one that cannot be used. -#}

{#- Notes the files of the folder and looks through those that are new. Returns the seeds that the folder
    stands for by name, or stops with one message. -#}
{% macro examined_folder() -%}
    {%- if not adapter.dispatch('note_files', 'bokslut')() -%}
        {%- do stop_at_folder(
            'Mappen finns inte, eller har ingen undermapp reference_reports med rapporterna'
        ) -%}
    {%- endif -%}

    {%- set present = column_of('select distinct seed_name from printed.source_files') -%}
    {%- set seeds = seeds_of_folder(present) -%}
    {%- for name in present if name not in seeds -%}
        {%- do stop_at_folder(
            'Undermappen ' ~ name ~ ' har inte namnet på någon seed; väntat är till exempel printed_ekonomi'
        ) -%}
    {%- endfor -%}
    {%- for name, seed in seeds.items() if seed.schema == 'printed' and name not in present -%}
        {%- do stop_at_folder('Undermappen ' ~ name ~ ' saknas: alla tryckta tabeller måste finnas') -%}
    {%- endfor -%}

    {%- set wrong = adapter.dispatch('wrong_column', 'bokslut')(seeds) -%}
    {%- if wrong -%}
        {%- set type = seeds[wrong.seed_name].config.column_types[wrong.column_name] -%}
        {%- set expected = {
            'varchar': 'text', 'integer': 'heltal (int32)', 'boolean': 'sant eller falskt (boolean)',
        }[type | lower] -%}
        {%- set found = ' saknar kolumnen ' ~ wrong.column_name if wrong.found is none
            else ': kolumnen ' ~ wrong.column_name ~ ' har typen ' ~ wrong.found -%}
        {%- do stop_at_folder(
            'Filen ' ~ wrong.filename ~ found ~ '; väntat är ' ~ expected
            ~ '. Skriv om filen med kolumnerna i seeds/*/' ~ wrong.seed_name ~ '.csv'
        ) -%}
    {%- endif -%}
    {{- return(seeds) -}}
{%- endmacro %}

{% macro stop_at_folder(message) -%}
    {%- set path = ' (printed_path: ' ~ var('printed_path') ~ ')' if var('printed_path') else '' -%}
    {%- do exceptions.raise_compiler_error(message ~ path) -%}
{%- endmacro %}

{#- The seeds that the folder stands for: the printed tables, the register and the control tables always;
    a reference seed where there is a subfolder with its name. -#}
{% macro seeds_of_folder(present) -%}
    {%- set found = {} -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'seed' and node.package_name == project_name
        and (node.schema in ['printed', 'control'] or node.name in present + ['reference_reports']) -%}
        {%- do found.update({node.name: node}) -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}

{% macro printed_folder() -%}
    {%- if not var('printed_path') -%}
        {%- do exceptions.raise_compiler_error(
            'printed_source är parquet, men printed_path är inte angivet. '
            ~ "Ange mappen: --vars '{printed_source: parquet, printed_path: MAPP}'"
        ) -%}
    {%- endif -%}
    {{- return((var('printed_path') | string).rstrip('/')) -}}
{%- endmacro %}

{#- What every engine can do with the files, each in its own way (duckdb.sql, spark.sql, postgres.sql):

    note_files        writes `printed.source_files`; returns whether there is a register
    wrong_column      the first column of a new file that is missing or of another type than in its seed
    rows_of_files     the rows of a seed's files, with their filename, as a relation
    path_of_file      the path of a file, by the name that the engine has for it
    digest_of_rows    an aggregate: a number that changes with the rows, whatever their order
    note              a table in the schema `printed`, made anew
    commit_hook       ends the transaction of a hook -#}
{% macro rows_of_files(seed_name, files=none) -%}
    {{- return(adapter.dispatch('rows_of_files', 'bokslut')(seed_name, files)) -}}
{%- endmacro %}

{% macro path_of_file(filename) -%}
    {{- return(adapter.dispatch('path_of_file', 'bokslut')(filename)) -}}
{%- endmacro %}

{% macro digest_of_rows(seed) -%}
    {{- return(adapter.dispatch('digest_of_rows', 'bokslut')(seed.name, columns_of(seed))) -}}
{%- endmacro %}

{% macro note(table, query) -%}
    {%- do adapter.dispatch('note', 'bokslut')(table, query) -%}
{%- endmacro %}

{% macro commit_hook() -%}
    {%- do adapter.dispatch('commit_hook', 'bokslut')() -%}
{%- endmacro %}

{#- A table that a run before this one noted, as a relation; none where there is none. -#}
{% macro noted(table) -%}
    {%- set seed = graph.nodes.values() | selectattr('resource_type', 'equalto', 'seed') | first -%}
    {{- return(adapter.get_relation(seed.database, 'printed', table)) -}}
{%- endmacro %}

{% macro has_files(seed_name) -%}
    {{- return(
        first_row("select 1 from printed.source_files where seed_name = '" ~ seed_name ~ "' limit 1")
    ) -}}
{%- endmacro %}

{#- The rows of a printed table's files in some partitions. -#}
{% macro rows_of_partitions(seed, partitions) -%}
    {%- set files -%}
        select filename
        from printed.source_files
        where
            seed_name = '{{ seed.name }}'
            and exists (
                select 1
                from {{ partitions }} as places
                where
                    source_files.municipality_code = places.municipality_code
                    and source_files.report_year = places.report_year
            )
        order by filename
    {%- endset -%}
    {%- set names = column_of(files) -%}
    {%- if names -%}
        select {{ columns_of(seed) }}, filename from {{ rows_of_files(seed.name, names) }} as rows_of_files
    {%- else -%}
        {{ no_rows(dict(seed.config.column_types, filename='varchar')) }}
    {%- endif -%}
{%- endmacro %}

{% macro sql_text(text) -%}
    {{- return("'" ~ text | replace("'", "''") ~ "'") -}}
{%- endmacro %}

{#- The columns of a seed, as its YAML has them. -#}
{% macro columns_of(seed) -%}
    {{- return(seed.config.column_types.keys() | join(', ')) -}}
{%- endmacro %}

{% macro first_row(sql) -%}
    {%- set rows = run_query(sql).rows -%}
    {{- return(rows[0] if rows | length else none) -}}
{%- endmacro %}

{% macro column_of(sql) -%}
    {{- return(run_query(sql).columns[0].values() | list) -}}
{%- endmacro %}
