{#- An identity holds in the signs of its own template; one with other signs of columns inherits it turned.
    One row per printed figure that its row's other columns give, and column that it is worked out from, as
    the nearest template has it: figure_id, report_id, base_factor, term (the column), coefficient and
    term_figure_id, which is null where the report does not print that column. -#}
{% macro identity_terms() %}
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
        identities.source_table,
        identities.measure_code,
        identities.column_name,
        identities.term,
        identities.coefficient
        {%- for own, theirs in [('printed', 'printed_there'), ('term', 'term_there')] %}
        * case
            when coalesce({{ own }}.sign, 0) * coalesce({{ theirs }}.sign, 0) = 0 then 1
            else {{ own }}.sign * {{ theirs }}.sign
        end
        {%- endfor %} as coefficient,
        rank() over (
            partition by
                inherited.template,
                identities.source_table,
                identities.column_name,
                identities.measure_code
            order by inherited.nearness
        ) as choice
    from identities
    inner join inherited
        on coalesce(identities.template, '') = inherited.inherited
    {%- for name, template, column in [
        ('printed', 'inherited.template', 'column_name'),
        ('printed_there', 'identities.template', 'column_name'),
        ('term', 'inherited.template', 'term'),
        ('term_there', 'identities.template', 'term'),
    ] %}
    left join columns_ as {{ name }}
        on
            {{ template }} = {{ name }}.template
            and identities.source_table = {{ name }}.source_table
            and identities.{{ column }} = {{ name }}.column_name
    {%- endfor %}
),

-- What holds for the measure of the row goes before what holds for the table.
terms as (
    select
        printed.figure_id,
        printed.report_id,
        printed.source_table,
        printed.row_no,
        printed.base_factor,
        terms_of_templates.term,
        terms_of_templates.coefficient,
        rank() over (
            partition by printed.figure_id
            order by case when terms_of_templates.measure_code is null then 1 else 0 end
        ) as choice
    from figures as printed
    inner join reports
        on printed.report_id = reports.report_id
    inner join terms_of_templates
        on
            reports.template = terms_of_templates.template
            and printed.source_table = terms_of_templates.source_table
            and printed.column_name = terms_of_templates.column_name
            and printed.measure_code
            = coalesce(terms_of_templates.measure_code, printed.measure_code)
            and terms_of_templates.choice = 1
    where not printed.is_claim
)

select
    terms.figure_id,
    terms.report_id,
    terms.base_factor,
    terms.term,
    terms.coefficient,
    cells.figure_id as term_figure_id
from terms
left join figures as cells
    on
        terms.report_id = cells.report_id
        and terms.source_table = cells.source_table
        and terms.row_no = cells.row_no
        and terms.term = cells.column_name
where terms.choice = 1
{% endmacro %}
