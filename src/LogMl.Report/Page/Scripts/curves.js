/** The intermediate values of the trials. */
function makeCurves(parent) {
    const { reports } = report;
    if (reports.trial.length === 0) {
        return;
    }
    const values = floats(reports.value);
    const noun = study.reportedBy;
    const view = { log: wantsLog(values) };
    const plot = new Plot(parent, {
        title: noun === "fold" ? "Values by fold" : "Intermediate values",
        help: `What each trial reported, by ${noun}.` + (reports.every > 1 ? ` One in ${reports.every} values is shown.` : ""),
        wide: true,
        opacity: trials.count > 1000 ? 0.3 : 0.6,
        controls: [tick("logarithmic", view.log, value => { view.log = value; plot.redraw(); })],
        look: () => curvesLook(values, view),
    });
}

function curvesLook(values, view) {
    const { trial, step } = report.reports;
    const x = numberScale(Float64Array.from(step), { integer: true });
    const y = numberScale(values, { log: view.log, bad: study.objectives[0].maximize ? "low" : "high" });
    const spots = { x: Float64Array.from(step, x.at), y: values.map(y.at), trial };
    const rows = new Map();
    trial.forEach((i, k) => rows.has(i) ? rows.get(i).push(k) : rows.set(i, [k]));
    return {
        x, y, spots,
        path: i => (rows.get(i) ?? []).filter(k => !Number.isNaN(spots.y[k])).flatMap(k => [spots.x[k], spots.y[k]]),
        groups: stateGroups(i => rows.has(i)),
    };
}
