-- A table, since what is on a line is compared with cells, heads and texts.
{{ config(materialized='table') }}

with lines as (
    select * from {{ ref('stg_report__lines') }}
),

excuses as (
    select * from {{ ref('control_line_excuses') }}
),

figures as (
    {{ printed_figures(
        'lines',
        ['report_id', 'line_no'],
        'figures',
        ref('reference_missing_marks'),
        ref('reference_codes')
    ) }}
),

excused as (
    select
        figures.report_id,
        figures.line_no,
        figures.figure_no,
        figures.figure,
        figures.unit_sign,
        excuses.excuse_code
    from figures
    left join excuses
        on
            figures.report_id = excuses.report_id
            and figures.line_no = excuses.line_no
            and figures.figure_no = excuses.figure_no
            and figures.figure = excuses.figure
),

-- Figures that follow each other are numbered so, whatever is excused between them.
final as (
    select
        excused.*,
        case
            when figure is not null and excuse_code is null
                then row_number() over (
                    partition by
                        report_id,
                        case when figure is not null and excuse_code is null then 1 else 0 end
                    order by line_no, figure_no
                )
        end as place_in_report
    from excused
)

select * from final
