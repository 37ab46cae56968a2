/** The intermediate values of the trials. */
function makeCurves(parent) {
    let log = wantsLog(floats(report.reports.value));
    const plot = new Plot(parent, {
        title: () => study.reportedBy === "fold" ? "Values by fold" : "Intermediate values",
        help: () => `What each trial reported, by ${study.reportedBy}.`
            + (report.reports.every > 1 ? ` One in ${report.reports.every} values is shown.` : ""),
        wide: true,
        isThere: () => report.reports.trial.length > 0,
        controls: [tick("logarithmic", log, value => { log = value; plot.redraw(); })],
        look: () => curvesLook(log),
    });
}

function curvesLook(log) {
    const { trial, step } = report.reports;
    const values = floats(report.reports.value);
    const x = numberScale(Float64Array.from(step), { integer: true });
    const y = numberScale(values, { log, bad: study.objectives[0].maximize ? "low" : "high" });
    const spots = { x: Float64Array.from(step, x.at), y: values.map(y.at), trial };
    const rows = new Map();
    trial.forEach((i, k) => rows.has(i) ? rows.get(i).push(k) : rows.set(i, [k]));
    return {
        x, y, spots,
        path: i => (rows.get(i) ?? []).filter(k => !Number.isNaN(spots.y[k])).flatMap(k => [spots.x[k], spots.y[k]]),
        opacity: trials.count > 1000 ? 0.3 : 0.6,
        groups: stateGroups(i => rows.has(i)),
    };
}
