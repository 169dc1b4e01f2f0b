-- Labels, statements and their lines are compared with the document where it is at hand; what was
-- then found there has a seal. A change without the document is nobody's word but the typist's.
{{ config(meta={'cause': 'seals'}) }}
{%- set seals = ref('control_document_seals') %}

with cells as (
    select * from {{ ref('int_cells__sealed') }}
    where document_seal is not null and {{ is_of_this_run('report_id') }}
),

seals as (
    select
        figure_id,
        split_part(figure_id, '.', 1) as report_id,
        seal
    from {{ seals }}
    where {{ is_of_this_run("split_part(figure_id, '.', 1)") }}
),

compared as (
    select
        cells.*,
        seals.figure_id as sealed_figure_id
    from cells
    full outer join seals
        on cells.figure_id = seals.figure_id
    where
        cells.figure_id is null
        or (
            (seals.seal is null or cells.document_seal <> seals.seal)
            -- A report that has never been compared is told when the build starts.
            and cells.report_id in (select known.report_id from seals as known)
        )
)

select
    coalesce(figure_id, sealed_figure_id) as figure_id,
    case
        when figure_id is null
            then
                sealed_figure_id
                || ': raden eller påståendet har jämförts med dokumentet, men finns inte längre. '
        else
            '”'
            || left(coalesce(case when content <> 'number' then printed_text end, row_label), 60)
            || '”, eller dess radnummer, är inte jämfört med dokumentet ('
            || {{ printed_place('compared', column=false) }} || '). '
    end
    || 'Lägg dokumentet i documents/ och kör uv run bokslut seal.' as message_sv
from compared
