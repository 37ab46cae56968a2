/** All trials as lines over the axes of the most important parameters and of the objectives. */
function makeParallel(parent) {
    const most = 8;
    let isAll = false;
    const axesOf = () => isAll ? byImportance : byImportance.slice(0, most);
    const leastWidth = () => (axesOf().length + study.objectives.length) * 88;
    const plot = new Plot(parent, {
        title: "Parallel coordinates",
        help: "Each line is a trial, coloured by its rank. Drag along an axis to select; "
            + "with Alt on another axis to narrow the selection, with Shift to add to it.",
        wide: true,
        height: 380,
        width: leastWidth(),
        grid: { left: 60, right: 80, top: 26, bottom: 6 },
        controls: [
            parameters.length > most ? tick(`all ${parameters.length} parameters`, false, value => {
                isAll = value;
                plot.place.style.minWidth = `${leastWidth()}px`;
                plot.redraw();
                plot.resize();
            }) : null,
            rankKey(),
        ].filter(Boolean),
        look: () => parallelLook(axesOf()),
    });
}

function parallelLook(shown) {
    const axes = [
        ...shown.map(p => ({ name: shortNames[p], scale: parameterScale(p), values: trials.values[p] })),
        ...study.objectives.map((objective, k) => ({
            name: objective.name,
            scale: objectiveScale(k, null),
            values: trials.objectives[k].map((value, i) => hasResult(i) ? value : NaN),
        })),
    ];
    const acrossOf = j => axes.length > 1 ? j / (axes.length - 1) : 0.5;
    const places = axes.map(axis => Float64Array.from(axis.values, axis.scale.at));
    const path = i => places.flatMap((place, j) => Number.isNaN(place[i]) ? [] : [acrossOf(j), place[i]]);
    return {
        x: { isHidden: true, low: 0, high: 1, ticks: [] },
        y: { isHidden: true, low: Math.min(...axes.map(axis => axis.scale.low)), high: 1.15, ticks: [] },
        path,
        spots: {
            x: Float64Array.from({ length: axes.length * trials.count }, (_, k) => acrossOf(Math.floor(k / trials.count))),
            y: Float64Array.from(places.flatMap(place => [...place])),
            trial: axes.flatMap(() => everyTrial),
        },
        opacity: ranked.length > 1000 ? 0.25 : ranked.length > 200 ? 0.45 : 0.7,
        groups: [...stateGroups(i => !isComplete(i)).map(group => ({ ...group, fade: 0.4 })), ...rankGroups()],
        extra: [axesSeries(axes, acrossOf)],
    };
}

/** The axes themselves, with their names and ticks. */
function axesSeries(axes, acrossOf) {
    const [line, text, muted, ground] = ["line", "text", "muted", "ground"].map(theme.colour);
    const label = (x, y, words, more) => ({
        type: "text",
        silent: true,
        style: { x, y, text: words, fill: muted, fontSize: 11, backgroundColor: ground, padding: [1, 3], ...more },
    });
    return {
        type: "custom", silent: true, zlevel: layers.above, animation: false, data: axes.map((_, j) => [acrossOf(j), 0]),
        renderItem: (parameters, api) => {
            const j = parameters.dataIndex;
            const { scale, name } = axes[j];
            const [x, top] = api.coord([acrossOf(j), Math.max(1.03, scale.high)]);
            const bottom = api.coord([0, scale.low])[1];
            const room = axes.length > 1 ? api.size([acrossOf(1), 0])[0] : 200;
            return {
                type: "group",
                children: [
                    { type: "line", shape: { x1: x, y1: top, x2: x, y2: bottom }, style: { stroke: line, lineWidth: 1 } },
                    label(x, api.coord([0, 1.15])[1] - 4, name, {
                        fill: text, fontWeight: "bold", textAlign: "center", verticalAlign: "bottom", width: room - 6, overflow: "truncate",
                    }),
                    ...scale.ticks.map(tick => label(x + 2, api.coord([0, tick.at])[1], shortened(tick.label.replace("\n", " "), Math.floor(room / 7)), {
                        verticalAlign: "middle", fontStyle: tick.isSpecial ? "italic" : "normal",
                    })),
                ],
            };
        },
    };
}
