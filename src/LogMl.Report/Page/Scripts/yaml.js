/** A real number as every reader of YAML reads it: with a point, and a sign of the exponent. */
function yamlReal(value) {
    if (!Number.isFinite(value)) {
        return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
    }
    const [digits, exponent] = String(value).split("e");
    return (digits.includes(".") ? digits : digits + ".0") + (exponent === undefined ? "" : "e" + exponent);
}

/** The value of a parameter: a number, an option, or a branch with its parameters. */
function yamlValue(p, i) {
    const parameter = parameters[p];
    const value = trials.values[p][i];
    if (!parameter.options) {
        return parameter.isInteger ? String(Math.round(value)) : yamlReal(value);
    }
    const option = parameter.options[value];
    if (option === undefined) {
        return String(value);
    }
    const children = parameters.map((_, c) => c).filter(c => parameters[c].parent === p && parameters[c].parentOption === value);
    const present = children.filter(c => !Number.isNaN(trials.values[c][i]));
    if (present.length === 1 && parameters[present[0]].isOptionItself) {
        return yamlValue(present[0], i);
    }
    const entries = present.map(c => `${parameters[c].key}: ${yamlValue(c, i)}`);
    const keys = present.map(c => parameters[c].key);
    entries.push(...study.declared.filter(value => value.parent === p && value.option === trials.values[p][i] && !keys.includes(value.key))
        .map(value => `${value.key}: ${value.yaml}`));
    return entries.length === 0 && children.length === 0 ? option.yaml : `{${option.yaml}: {${entries.join(", ")}}}`;
}

/** The parameters of a trial as the section functions of logml.yaml; as plain entries when their names have no steps. */
function functionsYaml(i) {
    const steps = new Map();
    const put = (step, key, text) => {
        steps.set(step, steps.get(step) ?? new Map());
        steps.get(step).set(key, text);
    };
    study.declared.filter(value => value.parent < 0).forEach(value => put(value.step, value.key, value.yaml));
    parameters.forEach((parameter, p) => {
        if (parameter.isSearched && parameter.parent < 0 && !Number.isNaN(trials.values[p][i])) {
            put(parameter.step, parameter.key, yamlValue(p, i));
        }
    });
    const plain = [...(steps.get(null) ?? [])].map(([key, text]) => `${key}: ${text}\n`).join("");
    steps.delete(null);
    if (steps.size === 0) {
        return plain || "functions: {}\n";
    }
    const types = new Map();
    study.types.filter(type => steps.get(type.step)?.has(type.key)).forEach(type => {
        types.set(type.step, [...(types.get(type.step) ?? []), [type.key, type.yaml]]);
    });
    const section = (indent, entries) => [...entries].map(([step, values]) =>
        `${indent}${step}:\n` + [...values].map(([key, text]) => `${indent}  ${key}: ${text}\n`).join("")).join("");
    return plain + "functions:\n" + section("  ", steps) + (types.size === 0 ? "" : "  types:\n" + section("    ", types));
}
