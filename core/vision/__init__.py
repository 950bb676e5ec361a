"""Find a face in a picture, crop it as FER-2013 was cropped, rate it with the shipped network. No TensorFlow."""
