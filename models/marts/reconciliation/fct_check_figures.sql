{{ incremental_by_report() }}

{%- set roles = ['left', 'right', 'evidence'] -%}

with reconciliations as {{ not_materialized() }} (
    select * from {{ rows_of_this_run(ref('fct_reconciliations')) }}
),

figures as {{ not_materialized() }} (
    select * from {{ ref('int_figures__matched') }}
),

terms as (
    {{ identity_terms(computable=true) }}
),

genders as (
    select * from {{ ref('int_figures__by_gender') }}
),

taking_part as (
    {%- for role in roles %}
    select
        report_id,
        check_id,
        {{ role }}_figure_id as figure_id,
        '{{ role }}' as figure_role,
        cast(null as decimal(18, 6)) as coefficient
    from reconciliations
    where {{ role }}_figure_id is not null
    union all
    {%- endfor %}
    -- The addends of a printed sum are judged together with it.
    select
        parts.report_id,
        reconciliations.check_id,
        parts.figure_id,
        'part' as figure_role,
        cast(parts.row_sign as decimal(18, 6)) as coefficient
    from figures as parts
    inner join figures as total
        on
            parts.report_id = total.report_id
            and parts.source_table = total.source_table
            and parts.column_name = total.column_name
            and parts.part_of = total.total_of
    inner join reconciliations
        on
            total.figure_id = reconciliations.right_figure_id
            and reconciliations.rule = 'sum_of_parts'
    where coalesce(parts.missing_code, '') <> 'not_applicable'
    union all
    -- What a printed column is worked out from, by how much of each.
    select
        reconciliations.report_id,
        reconciliations.check_id,
        terms.term_figure_id as figure_id,
        'part' as figure_role,
        cast(terms.coefficient as decimal(18, 6)) as coefficient
    from terms
    inner join reconciliations
        on
            terms.figure_id = reconciliations.right_figure_id
            and reconciliations.rule = 'identity'
    where terms.term_figure_id is not null
    {%- for gender in ['women', 'men'] %}
    union all
    -- A total is judged together with women and men.
    select
        reconciliations.report_id,
        reconciliations.check_id,
        genders.{{ gender }}_figure_id as figure_id,
        'part' as figure_role,
        cast(null as decimal(18, 6)) as coefficient
    from genders
    inner join reconciliations
        on
            genders.figure_id = reconciliations.right_figure_id
            and reconciliations.rule = 'gender_mix'
    {%- endfor %}
),

final as (
    select
        report_id,
        check_id,
        figure_id,
        figure_role,
        coefficient
    from taking_part
)

select * from final
