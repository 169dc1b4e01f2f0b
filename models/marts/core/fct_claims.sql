{{ incremental_by_report() }}

with claims as (
    select * from {{ ref('int_claims__matched') }}
),

final as (
    select
        figure_id as claim_id,
        report_id,
        kind as claim_kind,
        row_label as label,
        printed_text,
        read_text,
        stated,
        value,
        unit_of_measure,
        concept_key,
        goal_code,
        source_line_first,
        source_line_last,
        unverifiable_code
    from claims
)

select * from final
