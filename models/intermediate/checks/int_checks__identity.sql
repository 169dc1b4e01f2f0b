{#- How many columns may give another, at most. -#}
{%- set most_terms = 6 -%}
{#- A row, and the sums that may stand above one another. -#}
{%- set sums = ['parts', 'sums_1', 'sums_2', 'sums_3'] -%}

with figures as {{ not_materialized() }} (
    select * from {{ ref('int_figures__matched') }}
),

indicators as (
    select * from {{ ref('reference_indicators') }}
),

codes as (
    select * from {{ ref('reference_codes') }}
    where list = 'coefficient'
),

terms as (
    {{ identity_terms(computable=true) }}
),

cells_of_terms as (
    select
        terms.figure_id,
        terms.term_figure_id,
        cells.missing_code,
        cells.read_text,
        terms.coefficient,
        terms.term_no,
        codes.word_sv as sign_word,
        cells.value * abs(cells.base_factor / terms.base_factor) as value,
        cells.rounding_step * abs(cells.base_factor / terms.base_factor) as rounding_step
    from terms
    left join figures as cells
        on terms.term_figure_id = cells.figure_id
    left join codes
        on codes.code = case when terms.coefficient < 0 then '-1' else '1' end
),

-- Columns that the report does not print give nothing; what is not applicable leaves a sum.
computed as (
    select
        figure_id,
        case
            when
                count(value) + sum(case when missing_code = 'not_applicable' then 1 else 0 end)
                = count(*)
                then sum(coefficient * value)
        end as computed_value,
        sum(abs(coefficient) * rounding_step) as computed_step,
        count(value) as terms_with_value,
        {%- for term_no in range(1, most_terms + 1) %}
        {{ '|| ' if not loop.first }}coalesce(
            max(
                case
                    when term_no = {{ term_no }}
                        then
                            case
                                when term_no > 1 then ' ' || sign_word || ' '
                                when coefficient < 0 then sign_word || ' '
                                else ''
                            end
                            || case
                                when abs(coefficient) = 1 then ''
                                else abs(coefficient) || ' × '
                            end
                            || coalesce(read_text, '–')
                end
            ),
            ''
        )
        {%- endfor %} as computation
    from cells_of_terms
    group by figure_id
    having count(*) = count(term_figure_id)
),

columns_ as (
    select
        printed.figure_id,
        printed.report_id,
        printed.concept_name_sv,
        printed.source_line_first,
        printed.source_line_last,
        printed.read_text,
        printed.value as printed_value,
        cast(computed.computed_value as decimal(18, 6)) as computed_value,
        {{ tolerance(['computed.computed_step', 'printed.rounding_step']) }} as tolerance,
        computed.computation as first_text,
        cast(null as {{ dbt.type_string() }}) as second_text,
        'deviation_' as computation
    from figures as printed
    inner join computed
        on printed.figure_id = computed.figure_id
    where
        coalesce(printed.missing_code, '') <> 'not_applicable'
        and (printed.value is not null or computed.terms_with_value > 0)
),

shares as (
    select
        share.figure_id,
        share.report_id,
        share.concept_name_sv,
        share.source_line_first,
        share.source_line_last,
        share.read_text,
        share.value as printed_value,
        cast(100 * numerator.value / nullif(denominator.value, 0) as decimal(18, 6))
            as computed_value,
        -- One division: Spark rounds every quotient to six decimals.
        cast(
            share.rounding_step / 2
            + 50 * (
                numerator.rounding_step * cast(denominator.value as decimal(38, 6))
                + numerator.value * cast(denominator.rounding_step as decimal(38, 6))
            ) / nullif(cast(denominator.value as decimal(38, 6)) * denominator.value, 0)
            as decimal(18, 6)
        ) as tolerance,
        numerator.read_text as first_text,
        denominator.read_text as second_text,
        'share_' as computation
    from figures as share
    inner join indicators
        on
            share.measure_code = indicators.indicator_code
            and indicators.numerator_code is not null
    {%- for part in ['numerator', 'denominator'] %}
    left join figures as {{ part }}
        on
            share.report_id = {{ part }}.report_id
            and indicators.{{ part }}_code = {{ part }}.measure_code
            and share.unit_code = {{ part }}.unit_code
            and share.fiscal_year = {{ part }}.fiscal_year
            and share.gender = {{ part }}.gender
            and share.age_group = {{ part }}.age_group
            and {{ part }}.scenario = 'outcome'
            and {{ part }}.concept_rank = 1
    {%- endfor %}
    where share.scenario = 'outcome' and share.value is not null
),

-- A column may be a share, in per cent, of the sum of another column or of another in its row.
shared_columns as (
    select
        inherited.template,
        columns_.source_table,
        identities.column_name,
        identities.term,
        identities.coefficient,
        identities.share_of,
        rank() over (
            partition by inherited.template, columns_.source_table, identities.column_name
            order by
                inherited.nearness,
                case when identities.source_table is null then 1 else 0 end
        ) as choice
    from {{ ref('reference_identities') }} as identities
    inner join {{ ref('int_templates__inherited') }} as inherited
        on coalesce(identities.template, '') = inherited.inherited
    inner join {{ ref('int_templates__columns') }} as columns_
        on
            inherited.template = columns_.template
            and coalesce(identities.source_table, columns_.source_table) = columns_.source_table
            and identities.column_name = columns_.column_name
    where identities.share_of is not null
),

parts_of_shares as (
    select
        share.figure_id,
        share.report_id,
        share.source_table,
        share.row_no,
        share.column_name as share_column,
        min(share.concept_name_sv) as concept_name_sv,
        min(share.source_line_first) as source_line_first,
        min(share.source_line_last) as source_line_last,
        min(share.read_text) as read_text,
        min(share.value) as printed_value,
        min(share.rounding_step) as printed_step,
        min(shared_columns.share_of) as share_of,
        min(part.column_name) as column_name,
        min(part.part_of) as part_of,
        min(part.total_of) as total_of,
        max(case when shared_columns.share_of = shared_columns.term then 1 else 0 end) = 1
            as is_change,
        sum(shared_columns.coefficient * part.value) as value,
        sum(abs(shared_columns.coefficient) * part.rounding_step) as rounding_step,
        max(case when shared_columns.coefficient > 0 then part.read_text end)
        || coalesce(
            ' ' || max(case when shared_columns.coefficient < 0 then codes.word_sv end)
            || ' ' || max(case when shared_columns.coefficient < 0 then part.read_text end),
            ''
        ) as first_text
    from figures as share
    inner join {{ ref('reference_reports') }} as reports
        on share.report_id = reports.report_id
    inner join shared_columns
        on
            reports.template = shared_columns.template
            and share.source_table = shared_columns.source_table
            and share.column_name = shared_columns.column_name
            and shared_columns.choice = 1
    left join figures as part
        on
            share.report_id = part.report_id
            and share.source_table = part.source_table
            and share.row_no = part.row_no
            and shared_columns.term = part.column_name
    left join codes
        on codes.code = case when shared_columns.coefficient < 0 then '-1' else '1' end
    where share.value is not null
    group by
        share.figure_id, share.report_id, share.source_table, share.row_no, share.column_name
    having count(*) = count(part.value)
),

totals as (
    select * from figures
    where total_of is not null and not is_claim
),

levels as (
    {%- for _ in sums[1:] %}
    select {{ loop.index }} as sum_level
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- The sum that a row is a part of, the sum that this is a part of, and so on.
sums_above as (
    select distinct
        parts.figure_id,
        levels.sum_level,
        case levels.sum_level
            {%- for above in sums[1:] %}
            when {{ loop.index }} then {{ above }}.figure_id
            {%- endfor %}
        end as whole_figure_id
    from parts_of_shares as parts
    cross join levels
    {%- for above in sums[1:] %}
    left join totals as {{ above }}
        on
            parts.report_id = {{ above }}.report_id
            and parts.source_table = {{ above }}.source_table
            and parts.column_name = {{ above }}.column_name
            and {{ sums[loop.index0] }}.part_of = {{ above }}.total_of
    {%- endfor %}
    where parts.share_of = 'total'
),

wholes as (
    select
        sums_above.figure_id,
        sums_above.sum_level,
        sums_above.whole_figure_id,
        totals.value,
        totals.rounding_step,
        totals.read_text
    from sums_above
    inner join totals
        on sums_above.whole_figure_id = totals.figure_id
    union all
    -- A sum is a share of itself too, and a row that is no part of a sum may be one of any.
    select
        parts_of_shares.figure_id,
        0 as sum_level,
        totals.figure_id as whole_figure_id,
        totals.value,
        totals.rounding_step,
        totals.read_text
    from parts_of_shares
    inner join totals
        on
            parts_of_shares.report_id = totals.report_id
            and parts_of_shares.source_table = totals.source_table
            and parts_of_shares.column_name = totals.column_name
            and (parts_of_shares.total_of = totals.total_of or parts_of_shares.total_of is null)
    where
        parts_of_shares.share_of = 'total'
        and (parts_of_shares.total_of is not null or parts_of_shares.part_of is null)
    union all
    select
        parts_of_shares.figure_id,
        0 as sum_level,
        cells.figure_id as whole_figure_id,
        cells.value,
        cells.rounding_step,
        cells.read_text
    from parts_of_shares
    inner join figures as cells
        on
            parts_of_shares.report_id = cells.report_id
            and parts_of_shares.source_table = cells.source_table
            and parts_of_shares.row_no = cells.row_no
            and parts_of_shares.share_of = cells.column_name
),

-- A net cost printed below nought is no more and no less than its size; what has changed has
-- changed by a share of what it was.
shares_of_wholes as (
    select
        parts.figure_id,
        parts.report_id,
        parts.source_table,
        parts.share_column,
        parts.concept_name_sv,
        parts.source_line_first,
        parts.source_line_last,
        parts.read_text,
        parts.printed_value,
        parts.first_text,
        wholes.whole_figure_id,
        wholes.read_text as second_text,
        parts.part_of is not null and parts.total_of is null as is_addend,
        wholes.sum_level = min(wholes.sum_level) over (partition by parts.figure_id) as is_nearest,
        wholes.sum_level = max(wholes.sum_level) over (partition by parts.figure_id) as is_furthest,
        cast(
            parts.value
            / nullif(
                case
                    when parts.share_of = 'total' or parts.is_change then wholes.value
                    else abs(wholes.value)
                end,
                0
            )
            as decimal(18, 6)
        ) as computed_value,
        cast(
            parts.printed_step / 2
            + (
                parts.rounding_step * cast(abs(wholes.value) as decimal(38, 6))
                + abs(parts.value) * cast(wholes.rounding_step as decimal(38, 6))
            ) / nullif(2 * cast(wholes.value as decimal(38, 6)) * wholes.value, 0)
            as decimal(18, 6)
        ) as tolerance
    from parts_of_shares as parts
    inner join wholes
        on parts.figure_id = wholes.figure_id
),

-- A column is of one sum: that of the rows beside, or that of them all, as most of its rows say.
shares_of_columns as (
    select
        shares_of_wholes.*,
        sum(case when is_nearest and is_fitting_addend then 1 else 0 end)
            over (partition by report_id, source_table, share_column)
            as fitting_nearest,
        sum(case when is_furthest and is_fitting_addend then 1 else 0 end)
            over (partition by report_id, source_table, share_column)
            as fitting_furthest
    from (
        select
            shares_of_wholes.*,
            is_addend and abs(printed_value - computed_value) <= tolerance as is_fitting_addend
        from shares_of_wholes
    ) as shares_of_wholes
),

shares_of_sums as (
    select
        shares_of_columns.*,
        row_number() over (
            partition by figure_id
            order by
                case
                    when not is_addend then 0
                    when fitting_furthest > fitting_nearest
                        then case when is_furthest then 0 else 1 end
                    when is_nearest then 0
                    else 1
                end,
                abs(printed_value - computed_value),
                whole_figure_id
        ) as choice
    from shares_of_columns
),

identities_ as (
    select * from columns_
    union all
    select * from shares
    union all
    select
        figure_id,
        report_id,
        concept_name_sv,
        source_line_first,
        source_line_last,
        read_text,
        printed_value,
        computed_value,
        tolerance,
        first_text,
        second_text,
        'share_' as computation
    from shares_of_sums
    where choice = 1
),

judged as (
    select
        identities_.*,
        {{ verdict_of('printed_value - computed_value', 'tolerance') }} as verdict
    from identities_
),

final as (
    {{ check_row(
        'judged',
        'identity',
        key='figure_id',
        subject='concept_name_sv',
        right_figure_id='figure_id',
        left_value='computed_value',
        right_value='printed_value',
        tolerance='tolerance',
        verdict='verdict',
        explanation_case="case when verdict <> 'unverifiable' then computation || verdict end",
        texts={
            'first': 'first_text',
            'second': 'second_text',
            'right_text': 'read_text',
            'right_lines': line_range('source_line_first', 'source_line_last'),
        },
        numbers={
            'left_value': 'computed_value',
            'difference': 'printed_value - computed_value',
            'tolerance': 'tolerance',
        }
    ) }}
)

select * from final
