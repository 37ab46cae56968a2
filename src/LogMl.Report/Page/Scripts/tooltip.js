/** The box beside the pointer that says which trial is there. */
const tooltip = (() => {
    const box = byId("tooltip");
    const shownParameters = 7;

    function lines(i) {
        return [
            ...study.objectives.map((objective, k) => [objective.name, figure(trials.objectives[k][i], 6)]),
            ...(lastReportOf(i) === null ? [] : [["last report", lastReportOf(i)]]),
            ...byImportance.filter(p => valueText(p, i) !== null).slice(0, shownParameters).map(p => [shortNames[p], valueText(p, i)]),
        ];
    }

    return {
        show(i, x, y) {
            box.replaceChildren(
                el("strong", {}, `trial ${trials.number[i]}`), ` ${stateOf(i).name}`,
                pairs(lines(i).map(line => line.map(text => shortened(text, 40)))));
            box.hidden = false;
            const [width, height] = [box.offsetWidth, box.offsetHeight];
            box.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - width - 4))}px`;
            box.style.top = `${y + 18 + height > innerHeight ? Math.max(4, y - height - 14) : y + 18}px`;
        },
        hide() { box.hidden = true; },
    };
})();
