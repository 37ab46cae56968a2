/** The colours of the page, which the style sheet has for light and dark. */
const theme = (() => {
    const listeners = [];
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
    const changed = () => listeners.forEach(listener => listener());

    dark.addEventListener("change", changed);
    byId("theme").addEventListener("click", () => {
        document.documentElement.dataset.theme = isDark() ? "light" : "dark";
        changed();
    });

    // Paper is light.
    let onScreen;
    addEventListener("beforeprint", () => {
        onScreen = document.documentElement.dataset.theme;
        if (isDark()) {
            document.documentElement.dataset.theme = "light";
            changed();
        }
    });
    addEventListener("afterprint", () => {
        if (onScreen === undefined) {
            delete document.documentElement.dataset.theme;
        } else {
            document.documentElement.dataset.theme = onScreen;
        }
        changed();
    });

    return {
        isDark,
        onChange: listener => listeners.push(listener),
        colour: name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim(),
    };
})();

/** The classes of ranks, the best first: a scale that readers with any colour vision can order. */
const rankClasses = 6;
const rankColour = rank => theme.colour("rank-" + rank);

/** The trials with results by the class of their rank, the worst first, so that the best are drawn over them. */
const rankGroups = () => Array.from({ length: rankClasses }, (_, n) => rankClasses - 1 - n).map(rank => ({
    name: `rank ${rank}`,
    symbol: "circle",
    colour: () => rankColour(rank),
    members: ranked.filter(i => Math.min(rankClasses - 1, Math.floor(rankShare[i] * rankClasses)) === rank),
}));

/** The trials by state, those without a result first, so that results are drawn over them. */
const stateGroups = members => presentStates.toReversed().map(state => ({
    name: state.name,
    symbol: state.symbol,
    colour: () => theme.colour(state.colour),
    members: members ? state.members.filter(members) : state.members,
}));

/** The key to the colours of ranks. */
const rankKey = () => el("p", { class: "key" }, "best ",
    Array.from({ length: rankClasses }, (_, rank) => el("span", { class: `swatch rank-${rank}` })), " worst");
