{% macro judgement_wordings() %}
select
    template,
    judgement_key,
    declared_status
from (
    select
        inherited.template,
        {{ plain_label('wordings.judgement') }} as judgement_key,
        wordings.declared_status,
        row_number() over (
            partition by inherited.template, {{ plain_label('wordings.judgement') }}
            order by inherited.nearness, wordings.judgement
        ) as choice
    from {{ ref('reference_judgement_wordings') }} as wordings
    inner join {{ ref('int_templates__inherited') }} as inherited
        on coalesce(wordings.template, '') = inherited.inherited
) as ranked
where choice = 1
{% endmacro %}
