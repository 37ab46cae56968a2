/**
 * Follows the study: the server sends what has changed, and the page shows it. While changes come faster than the page can be drawn, they
 * are drawn together.
 */
{
    const line = el("p", { id: "live" });
    byId("subtitle").after(line);

    /** The report with all that has come, which may not be shown yet. */
    let latest = report;
    let changedAt = study.written;
    let connection = "connecting";
    let problem = "";
    let heardAt = performance.now();
    let source;

    /** The server says something at least so often, in milliseconds. */
    const silence = 60_000;

    function connect() {
        source?.close();
        heardAt = performance.now();
        source = new EventSource(`events?after=${encodeURIComponent(latest.live)}`);
        const on = (kind, act) => source.addEventListener(kind, event => {
            heardAt = performance.now();
            act(event.data);
            say();
        });
        source.onopen = () => {
            heardAt = performance.now();
            connection = "live";
            say();
        };
        source.onerror = () => {
            connection = source.readyState === EventSource.CLOSED ? "refused" : "lost";
            say();
        };
        on("all", text => take(JSON.parse(text)));
        on("change", text => take(withChange(latest, JSON.parse(text))));
        on("problem", text => { problem = JSON.parse(text); });
        on("beat", () => {});
        on("end", () => {
            source.close();
            connection = "ended";
        });
    }

    function take(next) {
        // The objectives decide what the page has.
        if (JSON.stringify(next.study.objectives) !== JSON.stringify(latest.study.objectives)) {
            location.reload();
            return;
        }
        latest = next;
        changedAt = Date.now();
        plan();
    }

    /** The page is drawn for a quarter of the time at most, and not at all while nobody sees it. */
    let planned = 0;
    let restUntil = 0;
    function plan() {
        if (planned === 0 && !document.hidden) {
            planned = setTimeout(show, Math.max(0, restUntil - performance.now()));
        }
    }

    function show() {
        planned = 0;
        const begin = performance.now();
        takeReport(latest);
        document.title = byId("name").textContent = study.name;
        requestAnimationFrame(() => {
            restUntil = performance.now() + 3 * (performance.now() - begin);
            performance.measure("logml:follow", { start: begin });
        });
    }

    document.addEventListener("visibilitychange", () => {
        if (latest !== report) {
            plan();
        }
    });

    function say() {
        const age = duration(Math.max(0, Math.floor((Date.now() - changedAt) / 1000))).replace(/^0$/, "0 s");
        const words = {
            connecting: "connecting",
            live: problem || `live, last change ${age} ago`,
            lost: "connection lost, trying again",
            refused: "not watched any more: start logml watch again, and open the address that it prints",
            ended: "the search has ended, and so has the watch",
        };
        line.className = problem && connection === "live" ? "problem" : connection;
        line.textContent = words[connection];
    }

    setInterval(() => {
        if (connection === "live" && performance.now() - heardAt > silence) {
            connection = "lost";
            connect();
        }
        say();
    }, 1000);
    connect();
    say();
}
