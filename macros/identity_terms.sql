{#- An identity holds in the signs of its own template; one with other signs of columns inherits it turned.
    One row per printed figure that its row's other columns give, and column that it is worked out from, as
    the nearest template has it: figure_id, report_id, base_factor, term (the column), coefficient, term_no
    (their order: what is added before what is taken away, then as printed) and term_figure_id, which is null
    where the report does not print that column. Those `computable` have all the columns in their template. -#}
{% macro identity_terms(computable=false) %}
with figures as {{ not_materialized() }} (
    select * from {{ ref('int_figures__matched') }}
),

reports as (
    select * from {{ ref('reference_reports') }}
),

columns_ as (
    select * from {{ ref('int_templates__columns') }}
),

inherited as (
    select * from {{ ref('int_templates__inherited') }}
),

identities as (
    select * from {{ ref('reference_identities') }}
    where share_of is null
),

-- The columns that give a printed column, as the nearest template has it.
terms_of_templates as (
    select
        inherited.template,
        printed.source_table,
        identities.measure_code,
        identities.column_name,
        identities.term,
        identities.coefficient
        {%- for own, theirs in [('printed', 'printed_there'), ('term', 'term_there')] %}
        * case
            when coalesce({{ own }}.sign, 0) * coalesce({{ theirs }}.sign, 1) = 0 then 1
            else {{ own }}.sign * coalesce({{ theirs }}.sign, 1)
        end
        {%- endfor %} as coefficient,
        term.column_no,
        case when term.column_no is not null then 1 else 0 end as is_printed,
        rank() over (
            partition by
                inherited.template,
                printed.source_table,
                identities.column_name,
                identities.measure_code
            order by
                inherited.nearness,
                case when identities.source_table is null then 1 else 0 end
        ) as choice
    from identities
    inner join inherited
        on coalesce(identities.template, '') = inherited.inherited
    -- An identity of no table is one of every table that has its columns.
    inner join columns_ as printed
        on
            inherited.template = printed.template
            and coalesce(identities.source_table, printed.source_table) = printed.source_table
            and identities.column_name = printed.column_name
    left join columns_ as term
        on
            inherited.template = term.template
            and printed.source_table = term.source_table
            and identities.term = term.column_name
    {%- for name, column in [('printed_there', 'column_name'), ('term_there', 'term')] %}
    left join columns_ as {{ name }}
        on
            identities.template = {{ name }}.template
            and identities.source_table = {{ name }}.source_table
            and identities.{{ column }} = {{ name }}.column_name
    {%- endfor %}
),

counted as (
    select
        terms_of_templates.*,
        sum(is_printed) over of_identity as printed_terms,
        count(*) over of_identity as all_terms
    from terms_of_templates
    where choice = 1
    window of_identity as (partition by template, source_table, column_name, measure_code)
),

-- Of more than two columns those are added that the template prints.
terms_that_count as (
    select
        template,
        source_table,
        measure_code,
        column_name,
        term,
        coefficient,
        row_number() over (
            partition by template, source_table, column_name, measure_code
            order by coefficient desc, column_no asc
        ) as term_no
    from counted
    {%- if computable %}
    where is_printed = 1 and (printed_terms > 1 or printed_terms = all_terms)
    {%- else %}
    where is_printed = 1 or printed_terms < 2
    {%- endif %}
),

-- Which measures have terms of their own is asked once a template, and not once a figure.
own_measures as (
    select
        template,
        source_table,
        measure_code,
        column_name
    from counted
    where measure_code is not null
    group by template, source_table, measure_code, column_name
),

-- What holds for the measure of the row goes before what holds for the table.
terms as (
    select
        printed.figure_id,
        printed.report_id,
        printed.source_table,
        printed.row_no,
        printed.base_factor,
        terms_that_count.term,
        terms_that_count.coefficient,
        terms_that_count.term_no
    from figures as printed
    inner join reports
        on printed.report_id = reports.report_id
    inner join terms_that_count
        on
            reports.template = terms_that_count.template
            and printed.source_table = terms_that_count.source_table
            and printed.column_name = terms_that_count.column_name
            and printed.measure_code
            = coalesce(terms_that_count.measure_code, printed.measure_code)
    left join own_measures
        on
            reports.template = own_measures.template
            and printed.source_table = own_measures.source_table
            and printed.column_name = own_measures.column_name
            and printed.measure_code = own_measures.measure_code
    where
        not printed.is_claim
        and (terms_that_count.measure_code is not null or own_measures.template is null)
)

select
    terms.figure_id,
    terms.report_id,
    terms.base_factor,
    terms.term,
    terms.coefficient,
    terms.term_no,
    cells.figure_id as term_figure_id
from terms
left join figures as cells
    on
        terms.report_id = cells.report_id
        and terms.source_table = cells.source_table
        and terms.row_no = cells.row_no
        and terms.term = cells.column_name
{% endmacro %}
