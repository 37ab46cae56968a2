/**
 * A scale maps values to the unit interval, in which all plots are drawn: so logarithms, options, values that are absent and values beyond
 * the plot have places on the same axis. A scale has at(value) and ticks.
 */
const absentPlace = -0.13;
const beyondPlace = 1.1;

/** The value below which a share of sorted numbers lies. */
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

const finiteSorted = values => Float64Array.from(values).filter(Number.isFinite).sort();

/**
 * A scale for numbers.
 * options: log, low and high (known bounds), integer, isTime (the values are seconds), absent (the name of the place for absent values),
 * bad ("high" or "low": on which side values far from the typical ones are put beyond the plot, so that they do not squeeze it), typical.
 */
function numberScale(values, options = {}) {
    const sorted = finiteSorted(values);
    const log = options.log === true && sorted.length > 0 && Math.min(sorted[0], options.low || sorted[0]) > 0;
    const to = log ? Math.log10 : value => value;
    let [low, high] = [options.low ?? sorted[0] ?? 0, options.high ?? sorted.at(-1) ?? 1];
    const limits = options.bad && !log ? limitsOf(finiteSorted(options.typical ?? values), options.bad) : [-Infinity, Infinity];
    [low, high] = [Math.max(Math.min(low, sorted[0] ?? low), limits[0]), Math.min(Math.max(high, sorted.at(-1) ?? high), limits[1])];
    if (low === high) {
        const margin = low === 0 ? 1 : Math.abs(low) * 0.5;
        [low, high] = [low - margin, high + margin];
    }
    const [from, span] = [to(low), to(high) - to(low)];
    const isBeyond = sorted.length > 0 && (sorted[0] < low || sorted.at(-1) > high);
    const format = options.isTime ? duration : options.format ?? (value => figure(value, 4));
    const ticks = (log ? logTicks(low, high) : linearTicks(low, high, options))
        .map(value => ({ at: (to(value) - from) / span, label: format(value) }))
        .filter(tick => !options.absent || tick.at > 0.06 || tick.label.length < 4);     // The name of absent values needs the room.
    if (options.absent) {
        ticks.unshift({ at: absentPlace, label: options.absent, isSpecial: true });
    }
    if (isBeyond) {
        ticks.push(options.bad === "low"
            ? { at: -0.08, label: "< " + format(low), isSpecial: true } : { at: beyondPlace, label: "> " + format(high), isSpecial: true });
    }
    const at = value => Number.isNaN(value) ? (options.absent ? absentPlace : NaN)
        : value > high ? (isBeyond || value === Infinity ? beyondPlace : 1)
        : value < low ? (isBeyond || value === -Infinity ? -0.08 : 0)
        : (to(value) - from) / span;
    return { at, ticks, low: options.absent ? -0.2 : isBeyond && options.bad === "low" ? -0.12 : -0.03, high: isBeyond ? 1.15 : 1.04 };
}

/** Bounds on the bad side: three times the range of the better nine tenths away from them. */
function limitsOf(sorted, bad) {
    if (sorted.length < 10) {
        return [-Infinity, Infinity];
    }
    const [low, high] = bad === "high" ? [sorted[0], quantile(sorted, 0.9)] : [quantile(sorted, 0.1), sorted.at(-1)];
    const room = 3 * (high - low);
    return room === 0 ? [-Infinity, Infinity] : bad === "high" ? [-Infinity, high + room] : [low - room, Infinity];
}

/** A scale for the options of a choice. */
function optionScale(options, absent) {
    const ticks = options.map((option, i) => ({ at: (i + 0.5) / options.length, label: shortened(option.label, 18) }));
    if (absent) {
        ticks.unshift({ at: absentPlace, label: absent, isSpecial: true });
    }
    return {
        at: value => Number.isNaN(value) ? (absent ? absentPlace : NaN) : (value + 0.5) / options.length,
        ticks,
        low: absent ? -0.2 : -0.03,
        high: 1.04,
    };
}

/** The scale of a parameter, with a place for the trials in whose branch it is not. */
function parameterScale(p) {
    const parameter = parameters[p];
    const values = trials.values[p];
    const absent = everyTrial.some(i => Number.isNaN(values[i]) && trials.values.some(column => !Number.isNaN(column[i])))
        ? "not in\nbranch" : null;
    return parameter.options
        ? optionScale(parameter.options, absent)
        : numberScale(values, { log: parameter.isLog, low: parameter.low, high: parameter.high, integer: parameter.isInteger, absent });
}

/** Whether losses are better looked at by their logarithm: their scale is not the same everywhere. */
function wantsLog(values) {
    const sorted = finiteSorted(values);
    return sorted.length > 4 && sorted[0] > 0 && quantile(sorted, 0.9) / quantile(sorted, 0.05) > 50;
}

/** The scale of an objective. The last reports of pruned trials are no results, and do not say what is typical. */
function objectiveScale(k, absent) {
    const values = placed[k];
    const results = values.filter((_, i) => hasResult(i));
    return numberScale(values, {
        log: view.log[k], absent, bad: study.objectives[k].maximize ? "low" : "high", typical: results.length > 0 ? results : values,
    });
}

/** How the reader looks at the objectives. */
const view = { log: placed.map(wantsLog) };

/** Steps of clocks, in seconds. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

function linearTicks(low, high, { integer, isTime }) {
    const rough = (high - low) / 6;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = isTime && rough > 0.5 && rough < 86400
        ? timeSteps.find(time => time >= rough)
        : Math.max([1, 2, 5, 10].find(factor => factor * power >= rough) * power, integer ? 1 : 0);
    const ticks = [];
    for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9 && ticks.length < 12; n++) {
        ticks.push(Number((n * step).toPrecision(12)));
    }
    return ticks;
}

function logTicks(low, high) {
    const decades = Math.log10(high / low);
    const factors = decades < 1 ? [1, 1.5, 2, 3, 5, 7] : decades < 3 ? [1, 2, 5] : [1];
    const every = Math.max(1, Math.ceil(decades / 6));
    const ticks = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
        if (((power % every) + every) % every === 0) {
            ticks.push(...factors.map(factor => Number((factor * 10 ** power).toPrecision(6))));
        }
    }
    return ticks.filter(tick => tick >= low * 0.999 && tick <= high * 1.001);
}
