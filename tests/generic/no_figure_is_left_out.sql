{#- Fails for every printed figure that is in no fact and no check and has no stated reason. -#}
{% test no_figure_is_left_out(model) %}
select
    figure_id,
    figure_id || ' (rad ' || source_line_first || ') finns i inget faktum och ingen avstämning. '
    || 'Ge den ett begrepp, eller ange i printed_pastaenden varför inget kan pröva den.' as message_sv
from {{ rows_of_this_run(model) }} as rows_of_model
where
    not is_parsed or (not is_fact and not is_checked and reason_code is null)
{% endtest %}
