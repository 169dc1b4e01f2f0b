-- Statements on one topic that no table has: each against the first of them. One marked doubtful is
-- hard to square with another without denying it, which words alone cannot settle.
with statements as (
    select
        claims.*,
        row_number() over (
            partition by claims.report_id, claims.topic
            order by claims.source_line_first, claims.row_no
        ) as place_in_topic
    from {{ ref('int_claims__matched') }} as claims
    where claims.topic is not null and claims.stated is not null
),

pairs as (
    select
        later.report_id,
        later.row_label,
        earlier.figure_id as left_figure_id,
        later.figure_id as right_figure_id,
        earlier.read_text as left_text,
        later.read_text as right_text,
        {{ line_range('earlier.source_line_first', 'earlier.source_line_last') }} as left_lines,
        {{ line_range('later.source_line_first', 'later.source_line_last') }} as right_lines,
        case
            when 'doubtful' in (later.stated, earlier.stated) then 'questionable'
            when later.stated = earlier.stated then 'agrees'
            else 'contradicts'
        end as verdict
    from statements as later
    inner join statements as earlier
        on
            later.report_id = earlier.report_id
            and later.topic = earlier.topic
            and earlier.place_in_topic = 1
            and later.place_in_topic > 1
),

final as (
    {{ check_row(
        'pairs',
        'prose_topic',
        key='right_figure_id',
        subject='row_label',
        left_figure_id='left_figure_id',
        right_figure_id='right_figure_id',
        verdict='verdict',
        texts={
            'left_text': 'left_text',
            'left_lines': 'left_lines',
            'right_text': 'right_text',
            'right_lines': 'right_lines',
        }
    ) }}
)

select * from final
