{#- Fails for every printed total that its parts do not make up within the rounding of the print, and
    for every sum whose total or a part is missing. Checks in `excused` (check ids of known issues)
    are contradictions of the document itself and are left to the reconciliations. -#}
{% test parts_sum_to_total(model, group_by, value='value', excused=none) %}
with sums as (
    {{ sum_of_parts(rows_of_this_run(model) ~ ' as rows_of_model', group_by, value=value) }}
)

select
    {{ group_by | join(', ') }},
    sum_code,
    total_figure_id,
    part_count,
    missing_parts,
    parts_value,
    total_value,
    difference,
    tolerance,
    verdict,
    coalesce(total_figure_id, sum_code)
    || case
        when total_value is null
            then ': summan saknas (' || part_count || ' delar finns). '
        when part_count = 0
            then ': delarna saknas, bara summan är tryckt. '
        when missing_parts > 0
            then ': ' || missing_parts || ' av ' || part_count || ' delar saknar värde. '
        else
            ': delarna blir ' || {{ swedish_number('parts_value') }}
            || ' men summan är ' || {{ swedish_number('total_value') }}
            || '; skillnad ' || {{ swedish_number('difference') }}
            || ', avrundningen tillåter ' || {{ swedish_number('tolerance') }} || '. '
    end
    || 'Trolig orsak: en siffra, ett tecken eller en rad är fel avskriven eller har fallit bort.'
        as message_sv
from sums
where
    verdict in ('contradicts', 'unverifiable')
    {%- if excused %}
    and not exists (
        select 1 from {{ excused }} as excused_checks
        where excused_checks.check_id = 'sum_of_parts:' || sums.total_figure_id
    )
    {%- endif %}
{% endtest %}
