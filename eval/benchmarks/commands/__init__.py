"""The commands of the benchmarks, one file a command."""

from eval.benchmarks.commands.bench import bench
from eval.benchmarks.commands.memory import memory
from eval.benchmarks.commands.peers import peers
from eval.benchmarks.commands.public import public
from eval.benchmarks.commands.speed import speed

COMMANDS = (public, bench, memory, speed, peers)
