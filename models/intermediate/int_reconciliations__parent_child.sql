{{ config(materialized='table') }}

with figures as {{ not_materialized() }} (
    select *
    from {{ ref('int_figures__matched') }}
    where scenario = 'outcome'
),

families as (
    select
        parent.figure_id,
        parent.report_id,
        parent.concept_name_sv,
        parent.read_text,
        parent.source_line_first,
        parent.source_line_last,
        count(child.value) as children_with_value,
        sum(child.value) as children_value,
        min(child.source_line_first) as children_line_first,
        max(child.source_line_last) as children_line_last
    from figures as parent
    inner join figures as child
        on
            parent.report_id = child.report_id
            and parent.source_table = child.source_table
            and parent.column_name = child.column_name
            and parent.section_label = child.section_label
            and parent.row_label = child.group_label
            and child.gender = 'total'
    where parent.missing_code is not null
    group by
        parent.figure_id,
        parent.report_id,
        parent.concept_name_sv,
        parent.read_text,
        parent.source_line_first,
        parent.source_line_last
),

final as (
    select
        'parent_child:' || figure_id as check_id,
        report_id,
        'parent_child' as rule,
        concept_name_sv as subject,
        cast(null as {{ dbt.type_string() }}) as left_figure_id,
        figure_id as right_figure_id,
        children_value as left_value,
        cast(null as decimal(18, 6)) as right_value,
        cast(null as decimal(18, 6)) as difference,
        cast(null as decimal(18, 6)) as tolerance,
        case when children_with_value > 0 then 'contradicts' else 'agrees' end as verdict,
        cast(null as decimal(18, 6)) as left_low,
        cast(null as decimal(18, 6)) as left_high,
        cast(null as {{ dbt.type_string() }}) as evidence_figure_id,
        'Raden säger ' || coalesce(read_text, 'ingenting') || ' ('
        || {{ source_lines('source_line_first', 'source_line_last') }} || ')'
        || case
            when children_with_value > 0
                then
                    ' men ' || children_with_value || ' av dess underrader har tal ('
                    || {{ source_lines('children_line_first', 'children_line_last') }} || ').'
            else ' och dess underrader har inga tal heller.'
        end as explanation_sv
    from families
)

select * from final
