-- A view: what is chosen among the prints is what has the first rank of them.
with figures as (
    select * from {{ ref('int_figures__matched') }}
),

final as (
    select
        figure_id,
        report_id,
        source_table,
        source_line_first,
        source_line_last,
        series_key,
        concept_key,
        concept_name_sv,
        measured_of,
        measure_code,
        unit_code,
        gender,
        age_group,
        scenario,
        fiscal_year,
        project_status,
        project_code,
        asset_class,
        read_text,
        value,
        value_operator,
        missing_code,
        rounding_step,
        {{ printed_step('decimals', 'rounding_step') }} as printed_step,
        unit_of_measure,
        base_unit_of_measure,
        base_value,
        base_factor,
        is_claim
    from figures
    where concept_rank = 1
)

select * from final
