with claims as (
    select
        compared.*,
        (compared.outcome_value - compared.base_value) * compared.speech_sign as rise,
        -- A surplus or a deficit is one, whatever the budget, if the words do not name it.
        case
            when
                compared.scenario = 'budget'
                and templates.result_words = 'result'
                and measures.measure_role = 'result'
                and position('budget' in lower(compared.printed_text)) = 0
                then
                    case
                        when compared.stated = 'above' then compared.outcome_value > 0
                        when compared.stated = 'below' then compared.outcome_value < 0
                    end
        end as is_on_its_side
    from {{ ref('int_claims__compared') }} as compared
    inner join {{ ref('reference_reports') }} as reports
        on compared.report_id = reports.report_id
    left join {{ ref('int_templates__inherited') }} as templates
        on
            reports.template = templates.template
            and templates.nearness = 1
    left join {{ ref('reference_measures') }} as measures
        on compared.measure_code = measures.measure_code
    where
        compared.kind in ('target_direction', 'year_direction')
        -- How far it went is judged by prose_change, where there are values to judge it by.
        and (
            coalesce(compared.stated, '') not in ('halved', 'doubled', 'highest', 'lowest')
            or compared.outcome_value is null
            or (compared.base_value is null and compared.stated in ('halved', 'doubled'))
        )
),

indicators as (
    select * from {{ ref('int_indicators__compared') }}
),

judged as (
    select
        claims.*,
        case
            when claims.outcome_value is null or claims.base_value is null then 'unverifiable'
            when claims.stated in ('met', 'missed') and indicators.target_status = claims.stated
                then 'agrees'
            when
                claims.stated in ('met', 'missed') and indicators.target_status in ('met', 'missed')
                then 'contradicts'
            when claims.stated in ('met', 'missed') then 'unverifiable'
            when claims.stated in ('up', 'above') and claims.rise > 0
                then 'agrees'
            when claims.stated in ('down', 'below') and claims.rise < 0
                then 'agrees'
            when claims.is_on_its_side then 'agrees'
            when claims.stated = 'unchanged' and claims.outcome_value = claims.base_value
                then 'agrees'
            -- The printed values decide; rounding excuses only what is less than one of its steps.
            when
                abs(claims.outcome_value - claims.base_value) < claims.printed_tolerance
                or (
                    claims.stated = 'unchanged'
                    and abs(claims.outcome_value - claims.base_value) <= claims.printed_tolerance
                )
                then 'agrees_within_rounding'
            else 'contradicts'
        end as verdict
    from claims
    left join indicators
        on claims.outcome_figure_id = indicators.figure_id
),

final as (
    {{ check_row(
        'judged',
        'prose_direction',
        key='figure_id',
        subject='row_label',
        left_figure_id='base_figure_id',
        right_figure_id='outcome_figure_id',
        evidence_figure_id='figure_id',
        left_value='base_value',
        right_value='outcome_value',
        tolerance='printed_tolerance',
        verdict='verdict',
        explanation_case="case when verdict = 'agrees_within_rounding' then 'agrees' end",
        texts={
            'right_text': 'printed_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
            'outcome': 'outcome_text',
            'outcome_lines': line_range('outcome_line_first', 'outcome_line_last'),
            'base': 'base_text',
            'base_lines': line_range('base_line_first', 'base_line_last'),
        },
        words={
            'compared_with': (
                'compared_with',
                "case
                    when kind = 'year_direction' then kind
                    when scenario = 'outcome' then base_gender
                    else scenario
                end",
            ),
        }
    ) }}
)

select * from final
