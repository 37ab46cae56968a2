/** The folds of the best trials: how much of a difference is noise. */
function makeFolds(parent) {
    new Plot(parent, {
        title: "Folds of the best trials",
        help: "The value of each fold, and the mean. Trials whose folds overlap widely are hardly different.",
        wide: true,
        isThere: () => bestWithFolds().best.length > 0,
        look: foldsLook,
    });
}

/** The best trials with several folds, and where the values of each trial are. */
function bestWithFolds() {
    const most = 30;
    const rows = new Map();
    if (study.reportedBy === "fold") {
        report.reports.trial.forEach((i, k) => rows.has(i) ? rows.get(i).push(k) : rows.set(i, [k]));
    }
    return { best: ranked.filter(i => rows.get(i)?.length > 1).slice(0, most), rows };
}

function foldsLook() {
    const { best, rows } = bestWithFolds();
    const values = floats(report.reports.value);
    const kept = best.flatMap(i => rows.get(i));
    const y = numberScale(values.filter((_, k) => kept.includes(k)));
    const acrossOf = n => (n + 0.5) / best.length;
    const x = { at: acrossOf, low: 0, high: 1, ticks: best.map((i, n) => ({ at: acrossOf(n), label: String(trials.number[i]) })) };
    const all = best.flatMap((i, n) => rows.get(i).map(k => [acrossOf(n), y.at(values[k]), i]));
    const means = best.map((i, n) => [acrossOf(n), y.at(trials.objectives[0][i])]);
    return {
        x, y,
        spots: {
            x: Float64Array.from(all, spot => spot[0]), y: Float64Array.from(all, spot => spot[1]), trial: all.map(spot => spot[2]),
        },
        groups: [{ name: "folds", symbol: "circle", colour: () => theme.colour("complete"), members: all.map((_, k) => k), size: 6 }],
        lines: [{ points: means, colour: theme.colour("accent"), width: 2 }],
    };
}
