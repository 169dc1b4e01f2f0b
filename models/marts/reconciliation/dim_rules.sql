with rules as (
    select * from {{ ref('reference_rules') }}
),

final as (
    select
        rule,
        sort_order,
        rule_name_sv,
        rule_name_en,
        question_sv
    from rules
)

select * from final
