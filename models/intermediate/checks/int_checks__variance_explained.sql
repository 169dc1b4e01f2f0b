-- A unit whose deviation from budget is a twentieth or more of all deviations has an explanation
-- in the running text.
with concepts as (
    select *
    from {{ ref('int_concepts__chosen') }}
    where measure_code = 'verksamhetens_resultat' and scenario = 'deviation' and value is not null
),

claims as (
    select
        report_id,
        unit_code,
        min(figure_id) as claim_figure_id
    from {{ ref('int_claims__matched') }}
    where kind = 'explanation' and measure_code = 'verksamhetens_resultat'
    group by report_id, unit_code
),

weighed as (
    select
        concepts.*,
        sum(abs(concepts.base_value)) over (
            partition by concepts.report_id, concepts.fiscal_year
        ) as all_deviations
    from concepts
),

large as (
    select
        weighed.*,
        claims.claim_figure_id,
        cast(100 * abs(weighed.base_value) / weighed.all_deviations as decimal(18, 6))
            as share_pct
    from weighed
    left join claims
        on
            weighed.report_id = claims.report_id
            and weighed.unit_code = claims.unit_code
    where weighed.all_deviations > 0 and 20 * abs(weighed.base_value) >= weighed.all_deviations
),

final as (
    {{ check_row(
        'large',
        'variance_explained',
        key='figure_id',
        subject="concept_name_sv || ', förklaring'",
        left_figure_id='claim_figure_id',
        right_figure_id='figure_id',
        right_value='value',
        verdict="case when claim_figure_id is null then 'questionable' else 'agrees' end",
        texts={
            'right_text': 'read_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
        },
        numbers={'share_pct': 'round(share_pct, 0)'}
    ) }}
)

select * from final
