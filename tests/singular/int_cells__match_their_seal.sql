-- A printed cell that has changed since it was reviewed is a slip, or a change to be reviewed. Its
-- message tells first what the change contradicts or makes unlikely; it runs after the
-- reconciliations, which know.
{{ config(meta={'cause': 'seals', 'leads': true}) }}

with kept as (
    select report_id
    from {{ ref('run_plan') }}
    where is_kept
),

seals as (
    select * from {{ ref('control_printed_cell_seals') }}
    where split_part(figure_id, '.', 1) not in (select kept.report_id from kept)
),

-- Reports of a folder may be sealed where they come from: all cells of a report, or none.
cells as (
    select * from {{ ref('int_cells__sealed') }}
    {%- if reads_folder() %}
    where report_id in (select split_part(figure_id, '.', 1) from seals)
    {%- endif %}
),

new_contradictions as (
    select
        checks.*,
        figures.source_table,
        figures.row_no,
        figures.column_name
    from {{ rows_of_this_run(ref('fct_reconciliations')) }} as checks
    left join cells as figures
        on checks.right_figure_id = figures.figure_id
    where
        checks.known_issue_id is null
        and (
            checks.verdict = 'contradicts'
            or (
                checks.verdict = 'unverifiable'
                and checks.rule in ('sum_of_parts', 'identity', 'same_concept')
            )
        )
),

compared as (
    select
        cells.*,
        seals.figure_id as sealed_figure_id
    from cells
    full outer join seals
        on cells.figure_id = seals.figure_id
    where cells.seal is null or seals.seal is null or cells.seal <> seals.seal
),

-- What a changed cell contradicts, nearest first: a check of the cell itself, an identity of its
-- row, a sum of its column.
contradicted as (
    select
        compared.figure_id,
        checks.explanation_sv || {{ scale_hint('checks.left_value', 'checks.right_value') }}
            as explanation_sv,
        row_number() over (
            partition by compared.figure_id
            order by
                case
                    when compared.figure_id in (checks.left_figure_id, checks.right_figure_id)
                        then 1
                    when checks.rule = 'identity' then 2
                    else 3
                end,
                case checks.rule
                    when 'identity' then 1
                    when 'same_concept' then 2
                    when 'prose_value' then 3
                    else 4
                end,
                checks.check_id
        ) as nearness
    from compared
    inner join new_contradictions as checks
        on
            compared.report_id = checks.report_id
            and (
                compared.figure_id in (checks.left_figure_id, checks.right_figure_id)
                or (
                    checks.rule = 'identity'
                    and compared.source_table = checks.source_table
                    and compared.row_no = checks.row_no
                )
                or (
                    checks.rule = 'sum_of_parts'
                    and compared.source_table = checks.source_table
                    and compared.column_name = checks.column_name
                )
            )
),

implausible as (
    {{ implausible_figures(ref('int_figures__matched'), ref('reference_indicators')) }}
),

final as (
    select
        coalesce(compared.figure_id, compared.sealed_figure_id) as figure_id,
        case
            when compared.figure_id is null
                then
                    'cellen ' || compared.sealed_figure_id
                    || ' är granskad men finns inte längre; '
            else
                {{ printed_place('compared') }}
                || ': ”' || coalesce(left(compared.printed_text, 60), '') || '” '
                || case
                    when compared.sealed_figure_id is null then 'är inte granskad'
                    else 'är ändrad (text, etikett eller rader) sedan den granskades'
                end
                || coalesce(
                    ', och stämmer inte: ' || contradicted.explanation_sv || ' För övrigt: ',
                    ', och ' || implausible.fault || '. För övrigt: ',
                    '; '
                )
        end
        || 'se git diff seeds/printed. Är ändringen rätt: '
        || 'uv run bokslut seal, och granska skillnaden.' as message_sv
    from compared
    left join contradicted
        on
            compared.figure_id = contradicted.figure_id
            and contradicted.nearness = 1
    left join implausible
        on compared.figure_id = implausible.figure_id
)

select * from final
