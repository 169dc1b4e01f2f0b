-- A printed cell that has changed since it was reviewed is a slip, or a change to be reviewed.
-- It runs after the reconciliations, so that what the change breaks is shown too.
-- depends_on: {{ ref('fct_reconciliations') }}
with cells as (
    select * from {{ ref('int_cells__unioned') }}
),

seals as (
    select * from {{ ref('control_printed_cell_seals') }}
)

select
    coalesce(cells.figure_id, seals.figure_id) as figure_id,
    case
        when cells.figure_id is null
            then 'cellen ' || seals.figure_id || ' är granskad men finns inte längre; '
        else
            {{ printed_place('cells') }}
            || ': ”' || coalesce(left(cells.printed_text, 60), '') || '” '
            || case
                when seals.figure_id is null then 'är inte granskad; '
                else 'är ändrad (text, etikett eller rader) sedan den granskades; '
            end
    end
    || 'se git diff seeds/printed. Är ändringen rätt: uv run bokslut seal, och granska skillnaden.'
        as message_sv
from cells
full outer join seals
    on cells.figure_id = seals.figure_id
where
    (cells.seal is null or seals.seal is null or cells.seal <> seals.seal)
    {%- if var('printed_source') == 'parquet' %}
    -- Reports that come from a system of their own are sealed there, or here: all of a report's
    -- cells have a seal, or none.
    and split_part(coalesce(cells.figure_id, seals.figure_id), '.', 1) in (
        select split_part(sealed.figure_id, '.', 1) from seals as sealed
    )
    and {{ is_of_this_run("split_part(coalesce(cells.figure_id, seals.figure_id), '.', 1)") }}
    {%- endif %}
