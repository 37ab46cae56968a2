/** Groups with more members have smaller symbols. */
const symbolSize = count => count > 4000 ? 3 : count > 1000 ? 4 : count > 200 ? 6 : 8;

/** ECharts draws what belongs to no trial below and above the trials, each in a layer of its own. */
const layers = { ground: 0, trials: 1, above: 2 };

/**
 * A plot of trials in the unit square. ECharts draws the axes and, in bulk, points and paths; where the pointer is, and what the brush
 * selects, follows from the same coordinates.
 *
 * look() returns:
 *   x, y      scales; one that isHidden has no axis
 *   spots     { x, y, trial }: what pointer and brush find
 *   groups    [{ name, colour(), symbol, members, fade }]: indices of spots or, for paths, of trials; fade makes them less opaque
 *   path      for a plot of paths: the coordinates x0, y0, x1, y1 ... of a trial
 *   width     the width of paths
 *   lines     [{ points, colour, width }]: lines that belong to no trial
 *   extra     more series of ECharts
 *   opacity   that of the trials; those that are many hide each other less
 *
 * The option isStill is for a plot without trials, where nothing can be selected.
 */
class Plot extends Figure {
    constructor(parent, options) {
        super(parent, options);
        if (!options.isStill) {
            attachBrush(this);
        }
    }

    draw() {
        this.chart ??= echarts.init(this.place, null, { renderer: "canvas" });
        this.layer ??= this.options.isStill ? null : new SelectionLayer(this.place);
        this.look = withKnownPaths(this.options.look());
        this.chart.setOption({
            animation: false,
            textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: theme.colour("text") },
            grid: this.options.grid ?? { left: 16 + widthOf(this.look.y), right: 16, top: 12, bottom: 15 + 13 * linesOf(this.look.x) },
            xAxis: axisOf(this.look.x, false),
            yAxis: axisOf(this.look.y, true),
            series: [
                ...this.look.groups.filter(group => group.members.length > 0).map((group, n) => this.series(group, n)),
                ...(this.look.lines ?? []).map(lineSeries),
                ...(this.look.extra ?? []),
            ],
        }, true);
        this.highlight();
    }

    /** Shows the selection. */
    highlight() {
        this.layer?.draw(this.look, this.chart);
    }

    resize() {
        if (this.chart) {
            this.chart.resize();
            this.highlight();
        }
    }

    dispose() {
        super.dispose();
        this.chart?.dispose();
    }

    series(group, n) {
        const { path, spots, width } = this.look;
        const opacity = (this.look.opacity ?? 0.85) * (group.fade ?? 1);
        const bulk = { silent: true, large: true, largeThreshold: 0, progressive: 0, animation: false, zlevel: layers.trials, z: n };
        return path
            ? { ...bulk, type: "lines", coordinateSystem: "cartesian2d", polyline: true, data: pathData(group.members, path),
                lineStyle: { color: group.colour(), width: width ?? 1, opacity } }
            : { ...bulk, type: "scatter", symbol: group.symbol, symbolSize: group.size ?? symbolSize(spots.trial.length),
                data: pointData(group.members, spots), itemStyle: { color: group.colour(), opacity } };
    }
}

/** The same look, which makes the path of a trial once. */
function withKnownPaths(look) {
    const known = [];
    return look.path ? { ...look, path: i => known[i] ??= look.path(i) } : look;
}

/** A place beyond every plot. ECharts cannot draw in bulk what has no point at all. */
const nowhere = -99;

/** Coordinates one after the other, as ECharts wants many points. */
function pointData(members, spots) {
    const data = [[nowhere, nowhere]];
    for (const k of members) {
        if (!Number.isNaN(spots.x[k]) && !Number.isNaN(spots.y[k])) {
            data.push([spots.x[k], spots.y[k]]);
        }
    }
    return data;
}

/** For each path the number of its points and their coordinates, as ECharts wants many paths. */
function pathData(members, path) {
    const data = [2, nowhere, nowhere, nowhere, nowhere];
    for (const i of members) {
        const points = path(i);
        if (points.length >= 4) {
            data.push(points.length / 2, ...points);
        }
    }
    return Float64Array.from(data);
}

/** A line that belongs to no trial. */
const lineSeries = line => ({
    type: "line", silent: true, symbol: "none", data: line.points, zlevel: layers.above,
    lineStyle: { color: line.colour, width: line.width ?? 2 },
});

/** The width of the labels of a scale, in pixels. */
const widthOf = (() => {
    const context = document.createElement("canvas").getContext("2d");
    return scale => {
        context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
        const lines = scale.ticks.flatMap(tick => tick.label.split("\n"));
        return Math.ceil(Math.max(0, ...lines.map(line => context.measureText(line).width)));
    };
})();

/** The number of lines of the highest label of a scale. */
const linesOf = scale => Math.max(1, ...scale.ticks.map(tick => tick.label.split("\n").length));

/** An axis of ECharts that shows the ticks of a scale. */
function axisOf(scale, isVertical) {
    if (scale.isHidden) {
        return { type: "value", show: false, min: scale.low, max: scale.high };
    }
    const places = scale.ticks.map(tick => tick.at);
    const tickAt = value => scale.ticks.find(tick => Math.abs(tick.at - value) < 1e-9);
    return {
        type: "value",
        min: scale.low,
        max: scale.high,
        axisLine: { show: true, onZero: false, lineStyle: { color: theme.colour("line") } },
        axisTick: { show: true, customValues: places, lineStyle: { color: theme.colour("line") } },
        axisLabel: {
            customValues: places, formatter: value => tickAt(value)?.label ?? "", fontSize: 11, lineHeight: 13, hideOverlap: true,
            color: value => theme.colour(tickAt(value)?.isSpecial ? "accent" : "muted"),
        },
        splitLine: { show: isVertical, customValues: places, lineStyle: { color: theme.colour("grid") } },
    };
}

/** Spots of all trials, each at most once. */
const spotsOf = (x, y) => ({ x: Float64Array.from(everyTrial, x), y: Float64Array.from(everyTrial, y), trial: everyTrial });
