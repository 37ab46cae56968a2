/** An objective over each parameter, the most important first. */
function makeSlices(parent) {
    byImportance.forEach(p => {
        new Plot(parent, {
            title: parameters[p].name,
            height: 230,
            look: () => sliceLook(p),
        });
    });
}

function sliceLook(p) {
    const x = parameterScale(p);
    const y = objectiveScale(0, null);
    const jitter = parameters[p].options ? spread(0.5 / parameters[p].options.length) : () => 0;
    return {
        x, y,
        spots: spotsOf(i => x.at(trials.values[p][i]) + jitter(i), i => y.at(placed[0][i])),
        groups: stateGroups(),
    };
}

/** Moves the trials of an option apart, always in the same way, so that they do not hide each other. */
const spread = width => i => ((i * 0.6180339887) % 1 - 0.5) * width;
