-- What words, units, goals and decisions mean is reviewed row by row: two cells of a reference or
-- control seed that change places would give every figure that meets them another meaning.
{{ config(meta={'cause': 'seals'}) }}
{%- set seeds = [
    'reference_codes', 'reference_explanations', 'reference_goals', 'reference_identities',
    'reference_indicator_units', 'reference_indicators', 'reference_judgement_wordings',
    'reference_label_aliases', 'reference_measures', 'reference_missing_marks', 'reference_number_words',
    'reference_printed_columns', 'reference_printed_tables', 'reference_reports', 'reference_rules',
    'reference_templates', 'reference_units', 'reference_units_of_measure', 'control_corrections',
    'control_known_issue_checks', 'control_known_issues', 'control_line_excuses',
] %}
with seals as (
    select
        seed_name,
        seal
    from {{ ref('control_row_seals') }}
    {%- if reads_folder() %}
    -- A run reads the lines of its own reports only.
    where seed_name <> 'printed_lines'
    {%- endif %}
),

joined as (
    {%- for seed in seeds %}
    select
        '{{ seed }}' as seed_name,
        {{ joined_text(columns_of_seed(seed)) }} as row_text
    from {{ ref(seed) }}
    union all
    {%- endfor %}
    select
        'printed_lines' as seed_name,
        {{ joined_text(['report_id', 'line_no', 'figures', 'line_sha256']) }} as row_text
    from {{ ref('stg_report__lines') }}
),

-- A folder of reports may have its rows reviewed where they come from: seals of a seed, or none.
rows_ as (
    select
        seed_name,
        row_text,
        md5(row_text) as seal
    from joined
    {%- if reads_folder() %}
    where seed_name in (select seals.seed_name from seals)
    {%- endif %}
)

select
    coalesce(rows_.seed_name, seals.seed_name) as seed_name,
    case
        when seals.seal is null
            then
                rows_.seed_name || ': raden ”' || left(rows_.row_text, 160)
                || '” är inte granskad, eller är ändrad sedan den granskades; '
        else
            seals.seed_name || ': en granskad rad finns inte längre, eller är ändrad; '
    end
    || 'se git diff seeds/. Är ändringen rätt: uv run bokslut seal, som säger vad den godtar.'
        as message_sv
from rows_
full outer join seals
    on
        rows_.seed_name = seals.seed_name
        and rows_.seal = seals.seal
where rows_.seal is null or seals.seal is null
