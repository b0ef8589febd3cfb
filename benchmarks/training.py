"""An epoch on all of MNIST, and predictions for its 10,000 test digits: this library and PyTorch.

    pip install -r benchmarks/requirements.txt
    python benchmarks/training.py

The same network of 5,258 parameters from the same weights, batches of 64 in a new order each
epoch, Adam with a learning rate of 3e-3. PyTorch trains once with its default number of threads and
once with one; the ratio is to the faster of the two. Epochs alternate, so that a noisy moment affects
all of them. PyTorch's loop does less: only ours adds up the loss and the correct predictions.
"""

import os
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from agreement import course_network, in_torch

from helpers.network import load_digits, train

EPOCHS, BATCH, RATE, PREDICTIONS = 3, 64, 3e-3, 11
THREADS = torch.get_num_threads()


class Ours:
    def __init__(self):
        self.network, self.seed = course_network(), 0

    def epoch(self, images, labels):
        self.seed += 1
        steps = train(self.network, images, labels, 1, BATCH, RATE, seed=self.seed)
        for _ in steps:
            pass

    def predict(self, images):
        return self.network.predict(images)


class Torch:
    def __init__(self, threads):
        self.threads, self.model = threads, in_torch(course_network())
        self.adam = torch.optim.Adam(self.model.parameters(), lr=RATE)

    def epoch(self, images, labels):
        torch.set_num_threads(self.threads)
        images, labels = torch.from_numpy(images)[:, None], torch.from_numpy(labels)
        for chosen in torch.randperm(len(labels)).split(BATCH):
            self.adam.zero_grad()
            nn.functional.cross_entropy(self.model(images[chosen]), labels[chosen]).backward()
            self.adam.step()

    @torch.inference_mode()
    def predict(self, images):
        torch.set_num_threads(self.threads)
        parts = torch.from_numpy(images)[:, None].split(500)
        return torch.cat([self.model(part).softmax(1) for part in parts]).numpy()


def alternate(runs, rounds, do):
    """Return wall-clock and processor seconds of each run, which take turns for `rounds` rounds."""
    taken = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            clock, cores = time.perf_counter(), time.process_time()
            do(run)
            taken[name].append((time.perf_counter() - clock, time.process_time() - cores))
            print(".", end="", flush=True)
    return taken


def report(title, taken):
    clocks = {name: median(clock for clock, _ in each) for name, each in taken.items()}
    print(f"\n{title}\n{'':22}    wall clock    least     most      processor")
    for name, each in taken.items():
        least, most = min(each)[0], max(each)[0]
        cores = median(cores for _, cores in each)
        print(f"  {name:20} {clocks[name]:11.3f} s {least:8.3f} {most:8.3f} {cores:12.3f} s")
    best = min(clock for name, clock in clocks.items() if name != "ours")
    print(f"  ours takes {clocks['ours'] / best:.2f} of the faster PyTorch's time")


def main():
    images, labels = load_digits("train")
    unseen, truth = load_digits("test")
    runs = {"ours": Ours()}
    runs |= {f"torch, {n} thread(s)": Torch(n) for n in sorted({1, THREADS}, reverse=True)}
    print(f"{os.cpu_count()} cores; PyTorch {torch.__version__}, NumPy {np.__version__}")
    alternate(runs, 2, lambda run: run.epoch(images[:640], labels[:640]))  # to warm up
    report(
        f"an epoch of 60,000 digits, median of {EPOCHS}",
        alternate(runs, EPOCHS, lambda run: run.epoch(images, labels)),
    )
    report(
        f"predictions for 10,000 digits, median of {PREDICTIONS}",
        alternate(runs, PREDICTIONS, lambda run: run.predict(unseen)),
    )
    for name, run in runs.items():
        right = (run.predict(unseen).argmax(axis=1) == truth).mean()
        print(f"  {name:20} predicts {right:.2%} correctly, after {EPOCHS} epochs")


if __name__ == "__main__":
    main()
