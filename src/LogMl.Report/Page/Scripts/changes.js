/** Puts a change into a report: the trials that are new or others, and all that is said as a whole. */
function withChange(before, change) {
    const { trials: rows, reports } = change;
    return {
        ...before,
        live: change.live,
        study: change.study ?? before.study,
        importances: change.importances ?? before.importances,
        hypervolume: change.hypervolume ?? before.hypervolume,
        texts: [...before.texts, ...change.texts],
        trials: rows === null ? before.trials : withRows(before.trials, rows),
        reports: reports === null ? before.reports : withReports(before.reports, reports),
    };
}

function withRows(before, { rows, columns }) {
    const put = (values, next) => {
        rows.forEach((row, n) => { values[row] = next[n]; });
        return values;
    };
    const after = { ...before, state: put([...before.state], columns.state).join("") };
    const names = [
        "number", "start", "seconds", "lastReport", "violation", "host", "worker", "reason", "step", "stack", "log", "attributes",
    ];
    for (const name of names) {
        after[name] = before[name] && put([...before[name]], columns[name]);
    }
    for (const name of ["objectives", "values"]) {
        after[name] = before[name].map((values, k) => put([...values], columns[name][k]));
    }
    after.metrics = before.metrics.map(({ name, values }, k) => ({ name, values: put([...values], columns.metrics[k].values) }));
    return after;
}

/** The values of each trial stand one after the other, in the order of the trials. */
function withReports(before, { rows, columns }) {
    const changed = new Set(rows);
    const after = { trial: [], step: [], value: [], every: columns.every };
    const take = (source, k) => ["trial", "step", "value"].forEach(name => after[name].push(source[name][k]));
    let next = 0;
    const takeUntil = trial => {
        for (; next < columns.trial.length && columns.trial[next] < trial; next++) {
            take(columns, next);
        }
    };
    before.trial.forEach((trial, k) => {
        takeUntil(trial);
        if (!changed.has(trial)) {
            take(before, k);
        }
    });
    takeUntil(Infinity);
    return after;
}
