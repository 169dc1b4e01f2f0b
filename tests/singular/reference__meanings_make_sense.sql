-- What columns, labels, units and goals mean is typed by hand, and a new seal accepts what is
-- typed: where the print itself says what it means, the reference says the same.
-- It runs after the reconciliations, so that what a slip breaks is shown too.
-- depends_on: {{ ref('fct_reconciliations') }}
{{ config(meta={'cause': 'meanings'}) }}
{%- set named = {
    'reference_measures': ('measure_code', 'measure_name_sv'),
    'reference_indicators': ('indicator_code', 'indicator_name_sv'),
    'reference_goals': ('goal_code', 'goal_name_sv'),
    'reference_units': ('unit_code', 'unit_name_sv'),
} %}
with units as (
    select * from {{ ref('reference_units') }}
),

aliases as (
    select * from {{ ref('reference_label_aliases') }}
),

identities as (
    select
        identities.template,
        identities.source_table as own_table,
        columns_.source_table,
        identities.measure_code,
        identities.column_name,
        identities.coefficient,
        identities.share_of,
        columns_.scenario,
        -- A kind of income in a column of its own is one of what makes a net.
        case
            when terms.scenario in ('income', 'cost') or terms.measure_code is not null then 1
            else 0
        end as is_of_net
    from {{ ref('reference_identities') }} as identities
    inner join {{ ref('int_templates__columns') }} as columns_
        on
            coalesce(identities.template, 'allman') = columns_.template
            and coalesce(identities.source_table, columns_.source_table) = columns_.source_table
            and identities.column_name = columns_.column_name
    inner join {{ ref('int_templates__columns') }} as terms
        on
            coalesce(identities.template, 'allman') = terms.template
            and columns_.source_table = terms.source_table
            and identities.term = terms.column_name
),

-- A code that is its name spelt as one: where each of two names is spelt as the other's code, they
-- have changed places.
spelt as (
    {%- for seed, (code, name) in named.items() %}
    select
        '{{ seed }}' as seed_name,
        {{ code }} as code,
        {{ name }} as code_name,
        replace(
            replace(translate({{ plain_label(name) }}, 'åäöé', 'aaoe'), ',', ''), ' ', '_'
        ) as code_of_name
    from {{ ref(seed) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

goals as (
    select * from {{ ref('reference_goals') }}
),

goal_labels as (
    select * from {{ ref('int_goals__labelled') }}
),

wordings as (
    select * from {{ ref('reference_judgement_wordings') }}
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

indicator_units as (
    select * from {{ ref('reference_indicator_units') }}
),

cells as (
    select * from {{ ref('int_cells__unioned') }}
),

figures as {{ not_materialized() }} (
    select * from {{ ref('int_figures__matched') }}
),

claims as (
    select * from {{ ref('stg_report__pastaenden') }}
),

labelled_rows as (
    select * from {{ ref('int_rows__labelled') }}
),

-- What the labels of the rows of each sum have come to mean, by alias, name or what stands above.
parts as {{ not_materialized() }} (
    select
        report_id,
        source_table,
        section_label,
        group_label,
        row_label,
        column_name,
        measure_code,
        unit_code,
        gender,
        part_of,
        total_of
    from figures
    where not is_claim and part_of is not null
    group by
        report_id, source_table, section_label, group_label, row_label, column_name, measure_code,
        unit_code, gender, part_of, total_of
),

-- Units that a sum of the administration adds up.
summed as (
    select parts.unit_code
    from parts
    inner join figures as totals
        on
            parts.report_id = totals.report_id
            and parts.source_table = totals.source_table
            and parts.part_of = totals.total_of
            and not totals.is_claim
    inner join units
        on totals.unit_code = units.unit_code
    inner join {{ ref('reference_measures') }} as measures
        on totals.measure_code = measures.measure_code
    -- A project belongs to a unit wherever it stands.
    where units.unit_code = units.administration_code and measures.measure_role = 'result'
    group by parts.unit_code
),

-- The order in which a document takes up its goals, by their own headings.
goal_order as (
    select
        cells.report_id,
        goals.goal_area_sv,
        goals.goal_name_sv,
        row_number() over (
            partition by cells.report_id
            order by cells.source_line_first
        ) as place,
        row_number() over (
            partition by cells.report_id, goals.goal_area_sv
            order by cells.source_line_first
        ) as place_in_area
    from cells
    inner join goal_labels
        on
            cells.report_id = goal_labels.report_id
            and cells.row_label = goal_labels.goal_label
    inner join goals
        on goal_labels.goal_code = goals.goal_code
    where cells.column_name = 'heading_icon' and cells.printed_text is not null
),

-- What rows of reference seeds say of each other.
said_of_each_other as (
    select
        one.seed_name || ': ' || one.code || ' heter ”' || one.code_name || '”, men det gör '
        || other.code || ' efter sin kod' as fault
    from spelt as one
    inner join spelt as other
        on
            one.seed_name = other.seed_name
            and one.code_of_name = other.code
    where one.code <> one.code_of_name and other.code <> other.code_of_name
    union all
    select
        'reference_units_of_measure: ' || unit_of_measure || ' är ' || base_factor || ' delat med '
        || base_divisor || ' ' || base_unit_of_measure as fault
    from {{ ref('reference_units_of_measure') }}
    where
        (base_factor > 1 and base_divisor > 1)
        or (unit_of_measure = base_unit_of_measure and base_factor * base_divisor <> 1)
    union all
    -- Of what goes for every table one is named.
    select
        'reference_identities: ' || min(source_table) || ', ' || column_name || ' för mallen '
        || coalesce(template, 'alla') || ' räknas av ' || max(term_count)
        || ' kolumner på ett sätt som ' || max(what) || ' räknas' as fault
    from (
        select
            template,
            own_table,
            source_table,
            measure_code,
            column_name,
            count(*) as term_count,
            case
                when scenario in ('deviation', 'forecast_deviation') then 'ingen avvikelse'
                else 'inget utfall'
            end as what
        from identities
        where share_of is null
        group by template, own_table, source_table, measure_code, column_name, scenario
        having
            (count(*) < 2 and own_table is not null)
            or (scenario in ('deviation', 'forecast_deviation') and sum(coefficient) <> 0)
            or (scenario = 'outcome' and min(is_of_net) < max(is_of_net))
    ) as senseless
    group by template, own_table, measure_code, column_name
    union all
    select
        'reference_label_aliases: ' || coalesce(source_table || ', ', '') || word || ' är '
        || case when max(is_part) = 1 then 'delar utan summa' else 'en summa utan delar' end
        || ' (part_of, total_of)' as fault
    from (
        {%- for column, is_part in {'part_of': 1, 'total_of': 0}.items() %}
        select
            source_table,
            {{ column }} as word,
            {{ is_part }} as is_part
        from aliases
        where {{ column }} <> '-'
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    ) as summed_rows
    group by source_table, word
    having min(is_part) = max(is_part)
),

faults as (
    select fault from said_of_each_other
    union all
    select
        'reference_label_aliases: etiketten ”' || row_label
        || '” betyder kvinnor på en rad och män eller båda på en annan i ' || report_id as fault
    from labelled_rows
    group by report_id, row_label
    having min(coalesce(own_gender, 'total')) <> max(coalesce(own_gender, 'total'))
    union all
    select
        'reference_label_aliases: etiketten ”' || row_label || '” är verksamheten '
        || min(own_unit_code) || ' på en rad och ' || max(own_unit_code) || ' på en annan i '
        || report_id as fault
    from labelled_rows
    where gender = 'total' and own_unit_code is not null
    group by report_id, row_label
    having min(own_unit_code) <> max(own_unit_code)
    union all
    select
        'reference_label_aliases: ”' || gendered.row_label || '” under ”' || totals.row_label
        || '” har ett annat mått eller en annan verksamhet än totalen i ' || totals.report_id
            as fault
    from figures as gendered
    inner join figures as totals
        on
            not gendered.is_claim
            and not totals.is_claim
            and gendered.report_id = totals.report_id
            and gendered.source_table = totals.source_table
            and gendered.group_label = totals.row_label
            and coalesce(gendered.section_label, '') = coalesce(totals.section_label, '')
            and gendered.column_name = totals.column_name
    where
        gendered.gender in ('women', 'men')
        and (
            gendered.measure_code <> totals.measure_code
            or coalesce(gendered.unit_code, '') <> coalesce(totals.unit_code, '')
        )
    group by gendered.row_label, totals.row_label, totals.report_id
    union all
    select
        'reference_label_aliases: delarna av ' || part_of || ' i ' || source_table || ', '
        || report_id || ', har olika mått, ' || min(measure_code) || ' och ' || max(measure_code)
            as fault
    from parts
    group by report_id, source_table, section_label, group_label, part_of, column_name
    -- Rows that say what a sum is made of have a measure each; units have the same.
    having
        min(measure_code) <> max(measure_code)
        and count(distinct measure_code) < count(*)
    union all
    select
        'reference_label_aliases: i tabellen ' || source_table || ', ' || report_id
        || case
            when min(row_no) < max(row_no)
                then
                    ', säger rad ' || min(source_line_first) || ' och rad '
                    || max(source_line_first) || ' samma sak, ' || concept_key
            else
                ', är kolumnerna ' || min(column_name) || ' och ' || max(column_name)
                || ' samma sak på rad ' || min(source_line_first) || ', ' || concept_key
                || '. Ge den ena ett annat scenario (en tidigare prognos är forecast_1), år '
                || 'eller measure_code'
        end as fault
    from figures
    where not is_claim and concept_key is not null
    group by report_id, source_table, concept_key
    -- A row of a reference that is there twice is told of by reference__keys_are_unique.
    having min(row_no) < max(row_no) or min(column_name) < max(column_name)
    union all
    select
        'reference_judgement_wordings: ”' || wordings.judgement || '” är '
        || wordings.declared_status || ', men påståendet på rad ' || claims.source_line_first
        || ' läser samma ord som ' || claims.stated as fault
    from claims
    inner join wordings
        on claims.printed_text = wordings.judgement
    where claims.kind = 'status' and claims.stated <> wordings.declared_status
    union all
    select
        'reference_goals: målen under ' || goal_area_sv || ' står inte efter varandra i '
        || report_id || '; ”' || min(goal_name_sv) || '” eller ”' || max(goal_name_sv)
        || '” hör till ett annat målområde' as fault
    from goal_order
    where goal_area_sv is not null
    group by report_id, goal_area_sv
    having max(place - place_in_area) <> min(place - place_in_area)
    union all
    select
        'reference_goals: det kommunövergripande målet ' || municipal_goal_sv
        || ' står under två målområden, ' || min(goal_area_sv) || ' och ' || max(goal_area_sv)
            as fault
    from goals
    where municipal_goal_sv is not null
    group by administration_code, municipal_goal_sv
    having min(goal_area_sv) <> max(goal_area_sv)
    union all
    select
        'reference_units: ' || units.unit_code || ' är en del av '
        || coalesce(units.parent_unit_code, '(inget)')
        || case
            when units.unit_code = units.administration_code
                then ', men är förvaltningen själv'
            when parents.unit_code is null then ', som inte finns'
            when parents.administration_code <> units.administration_code
                then ', i en annan förvaltning'
            when summed.unit_code is not null
                then
                    ', men räknas direkt till förvaltningens summa. Ge '
                    || units.parent_unit_code
                    || ' en egen rad i tabellen, eller raderna part_of och deras summa total_of'
            else ', som inte leder upp till förvaltningen'
        end as fault
    from units
    left join units as parents
        on units.parent_unit_code = parents.unit_code
    left join summed
        on units.unit_code = summed.unit_code
    where
        (units.unit_code = units.administration_code and units.parent_unit_code is not null)
        or (
            units.unit_code <> units.administration_code
            and (
                parents.unit_code is null
                or parents.administration_code <> units.administration_code
                or parents.unit_code = units.unit_code
                or parents.parent_unit_code = units.unit_code
                or (
                    summed.unit_code is not null
                    and units.parent_unit_code <> units.administration_code
                )
            )
        )
    union all
    select
        'reference_indicators: ' || figures.measure_code || ' ska vara '
        || coalesce(indicator_units.desired_direction, indicators.desired_direction)
        || ', men målvärdet är ”' || figures.read_text || '” ('
        || {{ source_lines('figures.source_line_first', 'figures.source_line_last') }} || ')'
            as fault
    from figures
    inner join indicators
        on figures.measure_code = indicators.indicator_code
    left join indicator_units
        on
            figures.measure_code = indicator_units.indicator_code
            and figures.unit_code = indicator_units.unit_code
    where
        figures.scenario = 'target'
        and (
            (
                figures.value_operator in ('<', '<=')
                and coalesce(indicator_units.desired_direction, indicators.desired_direction)
                = 'higher'
            )
            or (
                figures.value_operator in ('>', '>=')
                and coalesce(indicator_units.desired_direction, indicators.desired_direction)
                = 'lower'
            )
        )
)

select
    fault,
    fault || '. Trolig orsak: två rader eller två celler har bytt plats.' as message_sv
from faults
