{#- Which reports of the folder are new or changed. A report is its printed rows, its row in the register,
    its corrections and its known checks, each with a digest. -#}

{#- Writes `printed.source_reports` (each report with its digest) and `printed.reports_of_this_run`. Stops
    at printed rows of a report that the register lacks, or has in another partition. -#}
{% macro note_reports(seeds) -%}
    {%- do run_query(digests_of_print(seeds)) -%}
    {%- do stop_at_print_elsewhere('printed.printed_digests') -%}
    {%- do run_query(digests_of_reports(seeds, is_whole=flags.FULL_REFRESH or not facts_are_there())) -%}
    {%- set counted = first_row(
        'select (select count(*) from printed.reports_of_this_run) as of_run, '
        ~ '(select count(*) from printed.source_reports) as of_folder'
    ) -%}
    {%- do log('Rapporter: ' ~ counted.of_run ~ ' nya eller ändrade av ' ~ counted.of_folder, info=true) -%}
{%- endmacro %}

{#- Stops at printed rows of a report that the register lacks, or has in another partition. `printed` has
    seed_name, report_id, municipality_code and report_year of what is printed. -#}
{% macro stop_at_print_elsewhere(printed) -%}
    {%- set wrong = first_row(reports_printed_elsewhere(printed)) -%}
    {%- if wrong -%}
        {%- set fault = ', som inte finns i reference_reports. Lägg till den där, eller ta bort filen'
            if wrong.right_code is none
            else ', som enligt reference_reports är municipality_code=' ~ wrong.right_code
                ~ ', report_year=' ~ wrong.right_year ~ '. Flytta filen dit, eller rätta registret' -%}
        {%- do stop_at_folder(
            wrong.seed_name ~ '/municipality_code=' ~ wrong.municipality_code
            ~ '/report_year=' ~ wrong.report_year ~ ' har rapporten ' ~ wrong.report_id ~ fault
        ) -%}
    {%- endif -%}
{%- endmacro %}

{#- The digest of each report's rows in each printed table; in later runs of open partitions only. -#}
{% macro digests_of_print(seeds) -%}
    {%- set is_first = first_row('select 1 from printed.loaded_files limit 1') is none -%}
    create or replace table printed.printed_digests as
    select
        '' as seed_name, '' as report_id, '' as municipality_code, 0 as report_year, '' as digest
    where false
    {%- for name, seed in seeds.items() if seed.schema == 'printed' %}
    {%- set files = seed_files(name) if is_first else files_in('printed.open_partitions', name) %}
    {%- if files %}
    union all
    select
        '{{ name }}', report_id, municipality_code, report_year,
        count(*) || ':' || sum(hash({{ columns_of(seed) }}))
    from read_parquet(
        {{ files }},
        hive_partitioning = true, hive_types = {municipality_code: varchar, report_year: integer}
    )
    group by report_id, municipality_code, report_year
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

{#- The first report with printed rows that stands in another partition than the register says. -#}
{% macro reports_printed_elsewhere(printed) -%}
    select
        printed.seed_name, printed.report_id, printed.municipality_code, printed.report_year,
        reports.municipality_code as right_code,
        reports.report_year as right_year
    from {{ printed }} as printed
    left join {{ rows_of_folder('reference_reports') }} as reports
        on printed.report_id = reports.report_id
    where
        printed.municipality_code is distinct from reports.municipality_code
        or printed.report_year is distinct from reports.report_year
        or reports.report_id is null
    order by printed.seed_name, printed.report_id
    limit 1
{%- endmacro %}

{% macro digests_of_reports(seeds, is_whole) -%}
    create or replace table printed.source_reports as
    with controls as (
        select report_id, 'register' as what, hash({{ columns_of(seeds['reference_reports']) }}) as digest
        from {{ rows_of_folder('reference_reports') }}
        {%- for name, report_id in {
            'control_corrections': "split_part(figure_id, '.', 1)",
            'control_known_issue_checks': "split_part(split_part(check_id, ':', 2), '.', 1)",
        }.items() if has_files(name) %}
        union all
        select {{ report_id }}, '{{ name }}', sum(hash({{ columns_of(seeds[name]) }}))
        from {{ rows_of_folder(name) }}
        group by all
        {%- endfor %}
    ),

    controls_of_report as (
        select report_id, string_agg(what || digest, ',' order by what) as digest
        from controls
        group by report_id
    ),

    printed_now as (
        select report_id, md5(string_agg(seed_name || digest, ',' order by seed_name)) as digest
        from printed.printed_digests
        group by report_id
    ),

    -- A report in a partition that is not open has the print that it had.
    printed_of_report as (
        select
            reports.report_id, reports.municipality_code, reports.report_year,
            case
                when open.report_year is not null or before.report_id is null then printed_now.digest
                else before.printed_digest
            end as printed_digest
        from {{ rows_of_folder('reference_reports') }} as reports
        left join printed_now on reports.report_id = printed_now.report_id
        left join {{ loaded_reports() }} as before on reports.report_id = before.report_id
        left join printed.open_partitions as open
            on
                reports.municipality_code = open.municipality_code
                and reports.report_year = open.report_year
    )

    select
        report_id, municipality_code, report_year, printed_digest,
        md5(
            coalesce(printed_digest, '') || controls_of_report.digest || '{{ project_digest(seeds) }}'
        ) as digest
    from printed_of_report
    inner join controls_of_report using (report_id);

    create or replace table printed.reports_of_this_run as
    select report_id, municipality_code, report_year
    from printed.source_reports
    {%- if not is_whole %}
    anti join {{ loaded_reports() }} using (report_id, digest)
    {%- endif %}
{%- endmacro %}

{#- The reports of the last run that succeeded: none before the first. -#}
{% macro loaded_reports() -%}
    {%- if first_row(
        "select 1 from duckdb_tables() where schema_name = 'printed' and table_name = 'loaded_reports'"
    ) -%}
        printed.loaded_reports
    {%- else -%}
        (select '' as report_id, '' as printed_digest, '' as digest where false)
    {%- endif -%}
{%- endmacro %}

{#- What every report rests on: the models, the seeds of the project, and the folder's reference tables. -#}
{% macro project_digest(seeds) -%}
    {%- set checksums = [] -%}
    {%- for node in graph.nodes.values()
        if node.resource_type in ['model', 'seed'] and node.name not in seeds -%}
        {%- do checksums.append(node.unique_id ~ node.checksum.checksum) -%}
    {%- endfor -%}
    {%- set files = column_of(
        "select filename || digest from printed.source_files "
        ~ "where seed_name like 'reference_%' and seed_name <> 'reference_reports'"
    ) -%}
    {{- return(local_md5((checksums | sort + files | sort) | join(' '))) -}}
{%- endmacro %}
