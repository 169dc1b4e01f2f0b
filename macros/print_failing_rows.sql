{% macro print_failing_rows(results, limit=10) %}
    {%- if execute -%}
        {%- for result in results if 'No space left on device' in (result.message or '') -%}
            {{- log(
                '\nDisken är full: databasen får inte plats. Frigör utrymme, eller lägg databasen på en '
                ~ 'annan disk (BOKSLUT_DATABASE), och bygg igen.', info=true
            ) if loop.first -}}
        {%- endfor -%}
        {%- set leading, following, last, said = [], [], [], {} -%}
        {%- set broken = results
            | selectattr('status', 'in', ['fail', 'error', 'runtime error']) | list -%}
        {%- for result in results
            if result.status == 'fail' and result.node.resource_type == 'test' -%}
            {%- set meta = result.node.config.get('meta', {}) -%}
            {%- set leads = meta.get('leads', false) -%}
            {%- set waits = meta.get('cause') == 'seals' -%}
            {%- do (leading if leads else last if waits else following).append(result) -%}
        {%- endfor -%}
        {%- for result in leading + following + last -%}
            {%- set rows = run_query(
                'select * from (' ~ result.node.compiled_code ~ ') as failing limit ' ~ limit
            ) -%}
            {%- if leading and loop.index0 == leading | length -%}
                {{- log('\nDet får till följd:', info=true) -}}
            {%- endif -%}
            {{- log('\n' ~ result.node.name ~ ': ' ~ result.failures ~ ' rad(er)', info=true) -}}
            {%- for row in rows.rows -%}
                {%- set text = row['message_sv']
                    if 'message_sv' in rows.column_names
                    else row.dict() | string -%}
                {{- log('  - ' ~ text, info=true) -}}
                {%- do said.setdefault(result.node.unique_id, text) -%}
            {%- endfor -%}
            {%- if result.failures > limit -%}
                {{- log('  ... och ' ~ (result.failures - limit) ~ ' till', info=true) -}}
            {%- endif -%}
        {%- endfor -%}
        {%- for result in (leading + (broken | reject('in', last) | list) + last)[:1] -%}
            {%- set reason = (result.message or '').split('\n') | map('trim') | join(' ') -%}
            {%- set text = said.get(result.node.unique_id, result.node.name ~ ': ' ~ reason) -%}
            {{- log('\nBörja med: ' ~ text, info=true) -}}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
