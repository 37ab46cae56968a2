"""Optuna's own trials per second on a storage: an objective that does nothing, random search.

usage: /usr/bin/python3 optuna_storage.py URL [TRIALS [PARAMETERS]]
    URL  as SQLAlchemy has it: sqlite:////tmp/study.db, postgresql+psycopg2://user:password@host/database
"""

import sys
import time

import optuna


def main(url, trials=300, parameters=5):
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(storage=url, sampler=optuna.samplers.RandomSampler(seed=1))
    names = [f"p{i}" for i in range(parameters)]

    def objective(trial):
        for name in names:
            trial.suggest_float(name, 0.0, 1.0)
        return 0.0

    study.optimize(objective, n_trials=20)  # the first ones also fill the caches of SQLAlchemy
    start = time.perf_counter()
    study.optimize(objective, n_trials=trials)
    print(f"{trials / (time.perf_counter() - start):.1f}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
