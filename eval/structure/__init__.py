"""How well documents are read: figures of the parser against what people marked in real documents."""
