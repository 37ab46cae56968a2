/**
 * Expressions that select trials: loss < 0.1 and (kernel = rbf or not svm.c > 3).
 * They are read here, word for word; nothing is evaluated as script.
 *
 *   any   = all  { "or" all }            all   = one { "and" one }
 *   one   = "not" one | "(" any ")" | side [ operator side ]
 *   side  = number | 'text' | name       operator = < <= > >= = != ~ (contains)
 *
 * A name alone means: has a value. A comparison with an absent value is false.
 */
function parseExpression(text) {
    const tokens = tokensOf(text);
    let next = 0;
    const peek = () => tokens[next];
    const takes = (...words) => words.includes(peek()?.word) && ++next > 0;

    function any() {
        const sides = [all()];
        while (takes("or", "||")) {
            sides.push(all());
        }
        return i => sides.some(side => side(i));
    }

    function all() {
        const sides = [one()];
        while (takes("and", "&&")) {
            sides.push(one());
        }
        return i => sides.every(side => side(i));
    }

    function one() {
        if (takes("not", "!")) {
            const side = one();
            return i => !side(i);
        }
        if (takes("(")) {
            const inner = any();
            if (!takes(")")) {
                throw new Error("A ) is missing.");
            }
            return inner;
        }
        return comparison();
    }

    function comparison() {
        const left = side();
        const operator = peek()?.word;
        if (!Object.hasOwn(operators, operator)) {
            if (left.get === undefined) {
                throw unknownName(left.text);
            }
            return i => isThere(left.get(i));
        }
        next++;
        const right = side();
        if (left.get === undefined && right.get === undefined) {
            throw unknownName(left.text);
        }
        if (["=", "==", "!="].includes(operator)) {
            requirePossible(left, right);
            requirePossible(right, left);
        } else if (operator !== "~") {
            [left, right].forEach(requireNumber);
        }
        const [a, b] = [left, right].map(part => part.get ?? (() => part.value));
        const holds = operators[operator];
        return i => {
            const [first, second] = [a(i), b(i)];
            return isThere(first) && isThere(second) && holds(first, second);
        };
    }

    function side() {
        const token = tokens[next++];
        if (token === undefined) {
            throw new Error("Something is missing at the end.");
        }
        if (token.kind === "number" || token.kind === "text") {
            return { value: token.value, text: String(token.value) };
        }
        if (token.kind !== "name") {
            throw new Error(`A name or a value should be where '${token.word}' is.`);
        }
        // A word that is no name is a text: kernel = rbf.
        return { get: nameGetter(token.value), value: token.value, text: token.value, isWord: true };
    }

    if (tokens.length === 0) {
        return null;
    }
    const condition = any();
    if (next < tokens.length) {
        throw new Error(`'${peek().word}' is not expected here.`);
    }
    return condition;
}

const operators = {
    "<": (a, b) => Number(a) < Number(b),
    "<=": (a, b) => Number(a) <= Number(b),
    ">": (a, b) => Number(a) > Number(b),
    ">=": (a, b) => Number(a) >= Number(b),
    "=": (a, b) => isEqual(a, b),
    "==": (a, b) => isEqual(a, b),
    "!=": (a, b) => !isEqual(a, b),
    "~": (a, b) => String(a).toLowerCase().includes(String(b).toLowerCase()),
};

const isThere = value => value !== null && value !== undefined && value !== "" && !Number.isNaN(value);

const isEqual = (a, b) => typeof a === "number" || typeof b === "number" ? Number(a) === Number(b) : String(a) === String(b);

function tokensOf(text) {
    const forms = [
        /(?<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?![\w.])/u,
        /'(?<text>[^']*)'/u,
        /`(?<quoted>[^`]+)`/u,
        /(?<name>[\p{L}_][\p{L}\p{N}_.-]*)/u,
        /(?<sign><=|>=|==|!=|&&|\|\||[<>=~!()])/u,
    ];
    const form = new RegExp(`\\s*(?:${forms.map(({ source }) => source).join("|")})`, "uy");
    const tokens = [];
    while (text.slice(form.lastIndex).trim() !== "") {
        const at = form.lastIndex;
        const found = form.exec(text);
        if (found === null) {
            throw new Error(`'${text.slice(at).trim()}' cannot be read.`);
        }
        const { number, text: quotedText, quoted, name, sign } = found.groups;
        tokens.push(
            number !== undefined ? { kind: "number", value: Number(number), word: number }
            : quotedText !== undefined ? { kind: "text", value: quotedText, word: `'${quotedText}'` }
            : quoted !== undefined ? { kind: "name", value: quoted, word: `\`${quoted}\`` }
            : ["and", "or", "not"].includes(name) ? { kind: "word", word: name }
            : name !== undefined ? { kind: "name", value: name, word: name }
            : { kind: "sign", word: sign });
    }
    return tokens;
}

/**
 * What names mean: their values by trial. A parameter may be called by an end of its name, and a score without its prefix, where that is
 * clear.
 */
let names = namesOf();
onReport(() => { names = namesOf(); });

function namesOf() {
    const known = new Map([
        ["number", i => trials.number[i]],
        ["trial", i => trials.number[i]],
        ["state", i => stateOf(i).name],
        ["seconds", i => trials.seconds[i]],
        ["host", i => textOf(trials.host[i])],
        ["reason", i => textOf(trials.reason[i])],
        ["violation", i => trials.violation?.[i]],
        ["last_report", i => trials.lastReport?.[i]],
        ["rank", i => ranked.indexOf(i) < 0 ? NaN : ranked.indexOf(i) + 1],
    ]);
    trials.metrics.forEach((metric, m) => known.set("metrics." + metric.name, i => trials.metrics[m].values[i]));
    parameters.forEach((parameter, p) =>
        known.set(parameter.name, i => parameter.options ? valueText(p, i) : trials.values[p][i]));
    study.objectives.forEach((objective, k) => known.set(objective.name, i => trials.objectives[k][i]));
    if (study.objectives.length === 1) {
        known.set("loss", i => trials.objectives[0][i]);
    }
    return known;
}

function nameGetter(name) {
    if (names.has(name)) {
        return names.get(name);
    }
    const ends = endsOf(name);
    return ends.length === 1 ? names.get(ends[0]) : undefined;
}

const endsOf = name => [...parameters.map(parameter => parameter.name), ...trials.metrics.map(metric => "metrics." + metric.name)]
    .filter(full => full.endsWith("." + name));

/** Refuses a value that a name never has, with which a comparison would select nothing. */
function requirePossible(left, right) {
    const parameter = parameters.find(({ name }) => names.get(name) === left.get);
    const values = left.get === names.get("state") ? states.map(state => state.name) : parameter?.options?.map(option => option.label);
    if (left.get !== undefined && right.get === undefined && values && !values.some(value => isEqual(value, right.value))) {
        throw new Error(`'${left.text}' is never '${right.text}'. It is one of ${values.slice(0, 12).join(", ")}${values.length > 12 ? " ..." : ""}.`);
    }
}

/** No word is less than another one. */
function requireNumber({ get, isWord, value, text }) {
    if (isWord && get === undefined && Number.isNaN(Number(value))) {
        throw unknownName(text);
    }
}

function unknownName(name) {
    const ends = endsOf(name);
    if (ends.length > 1) {
        return new Error(`'${name}' is not clear. It is ${ends.map(full => `'${full}'`).join(" or ")}.`);
    }
    const similar = [...names.keys()].filter(known => known.toLowerCase().includes(name.toLowerCase())).slice(0, 3);
    return new Error(`There is no '${name}'.${similar.length > 0 ? ` Is it ${similar.join(", ")}?` : ""}`);
}
