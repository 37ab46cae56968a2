/** Any two parameters against each other, coloured by rank. */
function makePair(parent) {
    let [across, up] = [byImportance[0], byImportance[1] ?? byImportance[0]];
    const options = byImportance.map(p => [p, parameters[p].name]);
    const plot = new Plot(parent, {
        title: "Two parameters",
        help: "Where the good trials lie: coloured by rank. Trials without a result have the colour of their state.",
        height: 600,
        tall: true,
        controls: [
            choose("across", options, across, value => { across = Number(value); plot.redraw(); }),
            choose("up", options, up, value => { up = Number(value); plot.redraw(); }),
            rankKey(),
        ],
        look: () => pairLook(across, up),
    });
}

function pairLook(across, up) {
    const [x, y] = [parameterScale(across), parameterScale(up)];
    const apart = p => parameters[p].options ? spread(0.4 / parameters[p].options.length) : () => 0;
    const [moveX, moveY] = [apart(across), apart(up)];
    return {
        x, y,
        spots: spotsOf(i => x.at(trials.values[across][i]) + moveX(i), i => y.at(trials.values[up][i]) + moveY(trials.count - i)),
        groups: [...stateGroups(i => !isComplete(i)), ...rankGroups()],
    };
}
