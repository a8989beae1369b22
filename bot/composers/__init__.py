"""Evidence in, drafted statements out; one composer a file or folder."""
