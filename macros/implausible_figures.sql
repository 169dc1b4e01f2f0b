{% macro implausible_figures(relation, indicators, factor=5, factor_of_one=8) %}
with figures as {{ not_materialized() }} (
    select * from {{ relation }}
),

indicators as (
    select * from {{ indicators }}
),

-- The other years' outcomes and the target of the same indicator in the same table.
compared as (
    select
        figure.figure_id,
        min(abs(other.value)) as lowest,
        max(abs(other.value)) as highest,
        case when count(*) > 1 then {{ factor }} else {{ factor_of_one }} end as factor
    from figures as figure
    inner join figures as other
        on
            figure.report_id = other.report_id
            and figure.source_table = other.source_table
            and figure.row_no = other.row_no
            and figure.measure_code = other.measure_code
            and figure.figure_id <> other.figure_id
    where
        not figure.is_claim
        and figure.is_indicator
        and figure.scenario in ('outcome', 'target')
        and other.scenario in ('outcome', 'target')
        -- A result may be anything; a small number of things varies freely, and nought has no size.
        and figure.unit_of_measure not in ('tkr', 'mnkr')
        -- Men may be few where women are many; their shares are of one size.
        and (figure.unit_of_measure not in ('count', 'ratio') or figure.gender = other.gender)
        and other.value <> 0
        and (figure.unit_of_measure <> 'count' or abs(other.value) >= 10)
    group by figure.figure_id
),

rows_with_figures as (
    select
        report_id,
        source_table,
        row_no
    from figures
    where value is not null and not is_claim
    group by report_id, source_table, row_no
),

-- Women and men are printed for the same years, if not for all.
years_by_gender as (
    select
        report_id,
        source_table,
        measure_code,
        unit_code,
        fiscal_year,
        scenario
    from figures
    where value is not null and gender <> 'total' and not is_claim
    group by report_id, source_table, measure_code, unit_code, fiscal_year, scenario
),

judged as (
    select
        figures.figure_id,
        case
            when
                figures.value < 0
                and figures.unit_of_measure in ('percent', 'count', 'index', 'ratio')
                and figures.scenario in ('outcome', 'target')
                then 'kan inte vara mindre än noll. Trolig orsak: ett minustecken för mycket'
            when
                figures.value > 100
                and figures.unit_of_measure = 'percent'
                and figures.scenario in ('outcome', 'target')
                and lower(indicators.indicator_name_sv) like '%andel%'
                then
                    'är en andel över 100 procent. Trolig orsak: '
                    || 'en siffra är felläst eller ett decimalkomma har fallit bort'
            when
                figures.value <> 0
                and (
                    abs(figures.value) > compared.factor * compared.highest
                    or abs(figures.value) < compared.lowest / compared.factor
                )
                then
                    'är av en annan storlek än radens övriga tal, '
                    || case
                        when compared.lowest = compared.highest then 'som är '
                        else {{ swedish_number('compared.lowest') }} || ' till '
                    end
                    || {{ swedish_number('compared.highest') }}
                    || '. Trolig orsak: ett decimalkomma har flyttats eller fallit bort, '
                    || 'eller en siffra är för mycket eller för lite'
            when
                figures.missing_code = 'blank'
                and rows_with_figures.row_no is not null
                and years_by_gender.report_id is not null
                and figures.gender <> 'total'
                then
                    'är tom fast det andra könet har ett tal. Väntat är ett tal eller ett tecken '
                    || 'för saknat värde. Trolig orsak: en cell har tömts'
            when
                figures.missing_code = 'blank'
                and rows_with_figures.row_no is not null
                and figures.gender = 'total'
                -- A row may have no target, no budget and no forecast.
                and figures.scenario = 'outcome'
                then
                    'är tom fast raden har tal. Väntat är ett tal eller ett tecken '
                    || 'för saknat värde. Trolig orsak: en cell har tömts'
        end as fault
    from figures
    left join indicators
        on figures.measure_code = indicators.indicator_code
    left join compared
        on figures.figure_id = compared.figure_id
    left join rows_with_figures
        on
            figures.report_id = rows_with_figures.report_id
            and figures.source_table = rows_with_figures.source_table
            and figures.row_no = rows_with_figures.row_no
    left join years_by_gender
        on
            figures.report_id = years_by_gender.report_id
            and figures.source_table = years_by_gender.source_table
            and figures.measure_code = years_by_gender.measure_code
            and figures.unit_code = years_by_gender.unit_code
            and figures.fiscal_year = years_by_gender.fiscal_year
            and figures.scenario = years_by_gender.scenario
    where figures.correction_id is null
)

select
    figure_id,
    fault
from judged
where fault is not null
{% endmacro %}
